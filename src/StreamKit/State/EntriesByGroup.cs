namespace StreamKit.State;

/// <summary>The entries of a table put together by key group, so that each group is written in one go.</summary>
/// <remarks>Tables keep the lower half of a hash, and the group is in the upper one: keys are hashed anew.</remarks>
internal readonly struct EntriesByGroup
{
    private readonly int[] _ends;
    private readonly int[] _indexes;

    private EntriesByGroup(int[] ends, int[] indexes) => (_ends, _indexes) = (ends, indexes);

    /// <summary>The indexes of the entries of a group, in ascending order.</summary>
    public ReadOnlySpan<int> this[int group]
    {
        get
        {
            int start = group == 0 ? 0 : _ends[group - 1];
            return _indexes.AsSpan(start, _ends[group] - start);
        }
    }

    public static EntriesByGroup Of<TKey, TValue>(ReadOnlySpan<KeyTable<TKey, TValue>.Entry> entries, ulong seed)
    {
        KeyHasher<TKey> hasher = KeyHashers.For<TKey>();
        var groups = new byte[entries.Length];
        var ends = new int[KeyGroups.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            int group = KeyGroups.GroupOf(hasher.Hash(entries[i].Key, seed));
            groups[i] = (byte)group;
            ends[group]++;
        }

        int start = 0;
        for (int group = 0; group < ends.Length; group++)
        {
            (ends[group], start) = (start, start + ends[group]);
        }

        var indexes = new int[entries.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            indexes[ends[groups[i]]++] = i;
        }

        return new EntriesByGroup(ends, indexes);
    }
}
