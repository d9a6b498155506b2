using StreamKit.Records;

namespace StreamKit.State;

/// <summary>Hashes keys to 64 bits, the same in every process for the same seed.</summary>
/// <remarks>
/// The upper half chooses the key group, the lower half the place in a table, so that the two
/// do not depend on each other.
/// </remarks>
internal abstract class KeyHasher<TKey> : IKeyColumnHash<TKey>
{
    /// <summary>Whether the hash is the same in every process and version, so that it may be stored.</summary>
    public virtual bool IsStable => true;

    public abstract ulong Hash(TKey key, ulong seed);

    /// <summary>Hashes a column of keys.</summary>
    public abstract void Hash(ReadOnlySpan<TKey> keys, Span<ulong> hashes, ulong seed);
}
