using StreamKit.Serialization;

namespace StreamKit.State;

/// <summary>Reads keys, and sees to it that they are where they belong.</summary>
internal sealed class SavedKeys<TKey>(ulong seed)
{
    private readonly KeyHasher<TKey> _hasher = KeyHashers.For<TKey>();

    /// <summary>Reads a key of a group.</summary>
    /// <exception cref="StateException">It is of another group: its hash is not what it was.</exception>
    public TKey Read(ref StateReader reader, StateSerializer<TKey> serializer, int group, out ulong hash)
    {
        TKey key = reader.Payload(serializer);
        hash = _hasher.Hash(key, seed);
        return KeyGroups.GroupOf(hash) == group ? key : throw new StateException(
            $"A key of {typeof(TKey)} has another hash than when it was saved: its GetHashCode must say the same in "
                + "every process, or the bytes of the state are damaged.");
    }
}
