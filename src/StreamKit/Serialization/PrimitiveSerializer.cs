namespace StreamKit.Serialization;

/// <summary>A serializer made of two functions.</summary>
internal class PrimitiveSerializer<T>(
    string schema,
    PrimitiveSerializer<T>.Writing write,
    PrimitiveSerializer<T>.Reading read) : StateSerializer<T>
{
    public delegate void Writing(ref StateWriter writer, T value);

    public delegate T Reading(ref StateReader reader);

    public sealed override string Schema => schema;

    public sealed override void Write(ref StateWriter writer, in T value) => write(ref writer, value);

    public sealed override T Read(ref StateReader reader) => read(ref reader);

    private protected override IRows Rows => new Rows<T>();
}
