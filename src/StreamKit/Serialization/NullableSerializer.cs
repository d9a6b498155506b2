namespace StreamKit.Serialization;

/// <summary>Values that may be missing.</summary>
internal sealed class NullableSerializer<T> : StateSerializer<T?>
    where T : struct
{
    public override string Schema => "nullable";

    // Not null in place of the value, which may itself begin with one.
    public override void Write(ref StateWriter writer, in T? value)
    {
        writer.Write(value.HasValue);
        if (value is { } present)
        {
            writer.Value(in present);
        }
    }

    public override T? Read(ref StateReader reader) => reader.ReadBoolean() ? reader.Value<T>() : null;
}
