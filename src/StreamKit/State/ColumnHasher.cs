namespace StreamKit.State;

/// <summary>Hashes columns of keys with the hash of their type.</summary>
internal sealed class ColumnHasher<TKey, THash> : KeyHasher<TKey>
    where THash : struct, IKeyHash<TKey>
{
    public override bool IsStable => THash.IsStable;

    public override ulong Hash(TKey key, ulong seed) => THash.Hash(key, seed);

    public override void Hash(ReadOnlySpan<TKey> keys, Span<ulong> hashes, ulong seed)
    {
        hashes = hashes[..keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            hashes[i] = THash.Hash(keys[i], seed);
        }
    }
}
