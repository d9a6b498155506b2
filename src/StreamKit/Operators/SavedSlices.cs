using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>What sliced windows remember of the keys of one lane, put together from all lanes that saved it.</summary>
internal sealed class SavedSlices<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _aggregator;
    private readonly bool _followsVersions;
    private readonly bool _keepsResults;
    private readonly SavedKeys<TKey> _keys;
    private readonly int _lanes;
    private readonly List<SavedSlice> _slices = [];
    private readonly Dictionary<Window, int> _numbers = [];
    private readonly List<Entry> _entries = [];
    private readonly List<long> _order = [];
    private readonly List<(Window Window, TKey Key, ulong Hash, PaneState<TOut> State)> _panes = [];
    private readonly List<(TKey Key, ulong Hash, int Slices, TAcc[] Front)> _fronts = [];

    /// <param name="aggregator">The aggregator.</param>
    /// <param name="followsVersions">Whether changes are followed.</param>
    /// <param name="keepsResults">Whether the last results are kept.</param>
    /// <param name="seed">The seed of the keys' hashes.</param>
    /// <param name="state">What was saved.</param>
    public SavedSlices(TAggregator aggregator, bool followsVersions, bool keepsResults, ulong seed, OperatorState state)
    {
        (_aggregator, _followsVersions, _keepsResults) = (aggregator, followsVersions, keepsResults);
        _keys = new SavedKeys<TKey>(seed);
        _lanes = state.Parts.Count;
        for (int lane = 0; lane < _lanes; lane++)
        {
            StatePart part = state.Parts[lane];
            foreach ((int group, ReadOnlyMemory<byte> content) in part.Groups)
            {
                StateReader reader = part.Read(content);
                while (!reader.IsAtEnd)
                {
                    Read(ref reader, group, lane);
                }
            }
        }
    }

    /// <summary>The slices, in no order.</summary>
    public IReadOnlyList<SavedSlice> Slices => _slices;

    public IReadOnlyList<(Window Window, TKey Key, ulong Hash, PaneState<TOut> State)> Panes => _panes;

    public IReadOnlyList<(TKey Key, ulong Hash, int Slices, TAcc[] Front)> Fronts => _fronts;

    /// <summary>Puts the keys into their slices, in the order in which they came.</summary>
    /// <param name="slices">The slices, as <see cref="Slices"/> lists them.</param>
    /// <param name="registers">Whether it is noted when each key came.</param>
    /// <returns>How many keys have come, as far as it matters; 0 where that is not noted.</returns>
    /// <remarks>
    /// What several lanes counted each for itself is counted anew: first what each says, then the order of the lanes.
    /// </remarks>
    public long Fill(IReadOnlyList<Slice<TKey, TAcc>> slices, bool registers)
    {
        long[] order = [.. _order];
        var places = new int[order.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(order, places);
        long registered = 0;
        for (int i = 0; i < places.Length; i++)
        {
            Entry entry = _entries[places[i]];
            Slice<TKey, TAcc> slice = slices[entry.Slice];
            int index = slice.Table.FindOrAdd(entry.Key, entry.Hash, out bool added);
            if (!added)
            {
                throw StateException.Damaged("a slice has a key twice");
            }

            slice.Table.At(index).Value = entry.Value;
            if (_followsVersions)
            {
                slice.SetVersion(index, entry.Version);
            }

            if (registers)
            {
                registered = _lanes == 1 ? order[i] : registered + 1;
                slice.Opened = index == 0 ? registered - 1 : slice.Opened;
                slice.SetRegistered(index, registered);
            }
        }

        return registered;
    }

    private void Read(ref StateReader reader, int group, int lane)
    {
        switch ((SavedSection)reader.ReadInt32())
        {
            case SavedSection.Slice:
                ReadSlice(ref reader, group, lane);
                break;
            case SavedSection.Panes:
                ReadPanes(ref reader, group);
                break;
            case SavedSection.Rolling:
                ReadFronts(ref reader, group);
                break;
            default:
                throw StateException.Damaged("a stretch of windows is of no known kind");
        }
    }

    private void ReadSlice(ref StateReader reader, int group, int lane)
    {
        int slice = NumberOf(SavedSlice.Read(ref reader));
        int count = reader.ReadCount();
        StateSerializer<TKey> keys = reader.Schema<TKey>();
        for (int i = 0; i < count; i++)
        {
            long ordinal = reader.ReadInt64();
            if (ordinal < 0 || ordinal > long.MaxValue / _lanes - 1)
            {
                throw StateException.Damaged("a key came when no key can come");
            }

            long version = _followsVersions ? reader.ReadInt64() : 0;
            TKey key = _keys.Read(ref reader, keys, group, out ulong hash);
            _entries.Add(new Entry(slice, key, hash, version, _aggregator.Read(ref reader)));
            _order.Add((ordinal * _lanes) + lane);
        }
    }

    // Lanes that lay side by side have slices of the same bounds.
    private int NumberOf(SavedSlice slice)
    {
        if (!_numbers.TryGetValue(slice.Bounds, out int number))
        {
            number = _slices.Count;
            _numbers.Add(slice.Bounds, number);
            _slices.Add(slice);
        }
        else if (slice.HasEntered)
        {
            _slices[number] = _slices[number] with { HasEntered = true };
        }

        return number;
    }

    private void ReadPanes(ref StateReader reader, int group)
    {
        Window window = reader.Value<Window>();
        int count = reader.ReadCount();
        StateSerializer<TKey> keys = reader.Schema<TKey>();
        StateSerializer<TOut>? results = _keepsResults ? reader.Schema<TOut>() : null;
        for (int i = 0; i < count; i++)
        {
            TKey key = _keys.Read(ref reader, keys, group, out ulong hash);
            _panes.Add((window, key, hash, PaneState<TOut>.Read(ref reader, results)));
        }
    }

    private void ReadFronts(ref StateReader reader, int group)
    {
        int count = reader.ReadCount();
        StateSerializer<TKey> keys = reader.Schema<TKey>();
        for (int i = 0; i < count; i++)
        {
            TKey key = _keys.Read(ref reader, keys, group, out ulong hash);
            int slices = reader.ReadInt32();
            var front = new TAcc[reader.ReadCount()];
            for (int at = 0; at < front.Length; at++)
            {
                front[at] = _aggregator.Read(ref reader);
            }

            _fronts.Add((key, hash, slices, front));
        }
    }

    private readonly record struct Entry(int Slice, TKey Key, ulong Hash, long Version, TAcc Value);
}
