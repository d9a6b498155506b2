namespace StreamKit.Serialization;

/// <summary>Rows of a type of values.</summary>
internal sealed class ValueRows<T> : Rows<T>
    where T : struct
{
    public override IStateSerializer ToNullable() => new NullableSerializer<T>();
}
