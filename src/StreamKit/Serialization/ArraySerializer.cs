namespace StreamKit.Serialization;

/// <summary>Arrays.</summary>
internal sealed class ArraySerializer<T> : StateSerializer<T[]?>
{
    public override string Schema => ListForm.Schema;

    public override void Write(ref StateWriter writer, in T[]? value)
    {
        if (value is null)
        {
            writer.WriteNull();
        }
        else
        {
            ListForm.Write<T>(ref writer, value);
        }
    }

    public override T[]? Read(ref StateReader reader) => reader.TryReadNull() ? null : ListForm.Read<T>(ref reader);
}
