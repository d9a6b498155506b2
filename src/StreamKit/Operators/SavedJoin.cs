using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>What a join remembers, put together from all lanes that saved it.</summary>
internal sealed class SavedJoin<TKey, TLeft, TRight>
{
    private readonly SavedKeys<TKey> _keys;
    private readonly bool _keepsTimestamps;
    private readonly SortedDictionary<Window, (SavedJoinSlice Slice, List<Entry> Entries)> _slices = [];

    public SavedJoin(OperatorState state, bool keepsTimestamps, ulong hashSeed)
    {
        (_keys, _keepsTimestamps) = (new SavedKeys<TKey>(hashSeed), keepsTimestamps);
        state.ReadGroups(ReadSection);
    }

    /// <summary>The slices, by end.</summary>
    public IEnumerable<SavedJoinSlice> Slices => _slices.Values.Select(static saved => saved.Slice);

    public static StateException OfOtherWindows() => new(
        "It was saved by a join over other windows, or of another kind, and would be taken for what it is not: give "
            + "the step another name, or the windows that it had.");

    /// <summary>Fills a slice: what came first stands first again, of several lanes what the first one had.</summary>
    public void Fill(JoinSlice<TKey, TLeft, TRight> slice, SavedJoinSlice saved)
    {
        foreach (Entry entry in _slices[saved.Bounds].Entries.OrderBy(static entry => entry.Place))
        {
            int index = slice.Table.FindOrAdd(entry.Key, entry.Hash, out bool added);
            ref JoinEntry chains = ref slice.Table.At(index).Value;
            if (!added)
            {
                throw StateException.Damaged("a key is in a slice twice");
            }

            entry.Left.AddTo(slice.Left, ref chains.Left);
            entry.Right.AddTo(slice.Right, ref chains.Right);
        }
    }

    private void ReadSection(ref StateReader reader, int group)
    {
        long start = reader.ReadInt64(), end = reader.ReadInt64();
        if (end <= start)
        {
            throw StateException.Damaged("a slice ends before it starts");
        }

        var slice = new SavedJoinSlice(Window.OfTicks(start, end), reader.ReadInt64(), reader.ReadInt32());
        if (!_slices.TryGetValue(slice.Bounds, out (SavedJoinSlice Slice, List<Entry> Entries) known))
        {
            known = (slice, []);
            _slices.Add(slice.Bounds, known);
        }

        int count = reader.ReadCount();
        if (known.Slice != slice || count == 0)
        {
            throw StateException.Damaged("a slice is not the same in all key groups");
        }

        StateSerializer<TKey> keys = reader.Schema<TKey>();
        for (int i = 0; i < count; i++)
        {
            int place = reader.ReadInt32();
            TKey key = _keys.Read(ref reader, keys, group, out ulong hash);
            known.Entries.Add(new Entry(
                place,
                key,
                hash,
                JoinColumn<TLeft>.Read(ref reader, _keepsTimestamps),
                JoinColumn<TRight>.Read(ref reader, _keepsTimestamps)));
        }
    }

    private readonly record struct Entry(
        int Place, TKey Key, ulong Hash, JoinColumn<TLeft> Left, JoinColumn<TRight> Right);
}
