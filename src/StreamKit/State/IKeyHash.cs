namespace StreamKit.State;

/// <summary>The hash of one type of key; a struct, so that hashing a column is one loop without calls.</summary>
internal interface IKeyHash<TKey>
{
    static abstract bool IsStable { get; }

    static abstract ulong Hash(TKey key, ulong seed);
}
