namespace StreamKit.Serialization;

/// <summary>A serializer of values, made of two functions; a missing value has one, too.</summary>
internal sealed class ValueSerializer<T>(
    string schema,
    PrimitiveSerializer<T>.Writing write,
    PrimitiveSerializer<T>.Reading read) : PrimitiveSerializer<T>(schema, write, read)
    where T : struct
{
    private protected override IRows Rows => new ValueRows<T>();
}
