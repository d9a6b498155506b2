namespace StreamKit.Serialization;

/// <summary>Rows of values of whatever class; they are read as arrays.</summary>
internal sealed class ReadOnlyListSerializer<T> : StateSerializer<IReadOnlyList<T>?>
{
    public override string Schema => ListForm.Schema;

    public override void Write(ref StateWriter writer, in IReadOnlyList<T>? value)
    {
        if (value is null)
        {
            writer.WriteNull();
        }
        else
        {
            ListForm.Write<T>(ref writer, value as T[] ?? [.. value]);
        }
    }

    public override IReadOnlyList<T>? Read(ref StateReader reader) =>
        reader.TryReadNull() ? null : ListForm.Read<T>(ref reader);
}
