using System.Runtime.InteropServices;

namespace StreamKit.Serialization;

/// <summary>Lists.</summary>
internal sealed class ListSerializer<T> : StateSerializer<List<T>?>
{
    public override string Schema => ListForm.Schema;

    public override void Write(ref StateWriter writer, in List<T>? value)
    {
        if (value is null)
        {
            writer.WriteNull();
        }
        else
        {
            ListForm.Write<T>(ref writer, CollectionsMarshal.AsSpan(value));
        }
    }

    public override List<T>? Read(ref StateReader reader) =>
        reader.TryReadNull() ? null : [.. ListForm.Read<T>(ref reader)];
}
