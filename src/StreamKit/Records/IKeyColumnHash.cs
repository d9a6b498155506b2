namespace StreamKit.Records;

/// <summary>Hashes a column of keys.</summary>
internal interface IKeyColumnHash<TKey>
{
    void Hash(ReadOnlySpan<TKey> keys, Span<ulong> hashes, ulong seed);
}
