namespace StreamKit.Serialization;

/// <summary>Rows of a type.</summary>
internal class Rows<T> : IRows
{
    public IStateSerializer ToArray() => new ArraySerializer<T>();

    public IStateSerializer ToList() => new ListSerializer<T>();

    public IStateSerializer ToReadOnlyList() => new ReadOnlyListSerializer<T>();

    public virtual IStateSerializer? ToNullable() => null;
}
