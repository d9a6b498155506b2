using StreamKit.Aggregation;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>Walks the keys of one window in the order in which they came, combining the slices.</summary>
/// <remarks>
/// A window that is one slice is walked as it lies. Where windows overlap, what fires on time rolls from window to
/// window (see <see cref="RollingContent{TKey,TIn,TAcc,TOut,TAggregator}"/>); an early round, and accumulators that
/// would cost too much to roll, are combined anew. Where not all of a window fits into memory, its key groups are
/// walked one after the other, each in the order in which its keys came.
/// </remarks>
internal sealed class WindowFiring<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _aggregator;
    private readonly OperatorContext _context;
    private readonly bool _overlaps;
    private readonly Slice<TKey, TAcc> _combined = new();
    private readonly KeyOrder _order = new();
    private RollingContent<TKey, TIn, TAcc, TOut, TAggregator>? _rolling;
    private Slice<TKey, TAcc>? _from;
    private GroupedWindow<TKey, TAcc>? _groups;
    private bool _goesByGroups;
    private int _at;

    /// <param name="aggregator">The aggregator.</param>
    /// <param name="overlaps">Whether windows share slices.</param>
    /// <param name="followsVersions">
    /// Whether it must be told when a window's content last changed; that cannot be told of what rolls.
    /// </param>
    /// <param name="context">The surroundings.</param>
    public WindowFiring(TAggregator aggregator, bool overlaps, bool followsVersions, OperatorContext context)
    {
        _aggregator = aggregator;
        _context = context;
        _overlaps = overlaps;
        bool rolls = overlaps && !followsVersions && aggregator.SlidingForm != SlidingForm.Recomputed;
        _rolling = rolls ? new(aggregator) : null;
    }

    /// <summary>The window that is firing; null between firings.</summary>
    public OpenWindow<TKey, TAcc, TOut>? Window { get; private set; }

    /// <summary>Roughly how many bytes of memory are held besides the slices.</summary>
    public long Bytes => (_rolling?.Bytes ?? 0) + _combined.Bytes;

    /// <summary>How many bytes a window that fires next needs besides its slices.</summary>
    public long BytesToFire(OpenWindow<TKey, TAcc, TOut> window)
    {
        long bytes = 0;
        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            bytes += slice.HasEntered ? 0 : slice.Bytes;
        }

        return _goesByGroups || (window.Slices.Count == 1 && _rolling is null) ? 0 : bytes;
    }

    /// <summary>
    /// From now on holds a small part of a window at a time, because all of it would be too much beside the slices.
    /// </summary>
    public void GoByGroups()
    {
        _rolling?.Clear();
        _rolling = null;
        _goesByGroups = true;
        _combined.GiveBack();
    }

    /// <summary>Begins with a window that is complete; these come in the order in which they end.</summary>
    public void StartOnTime(OpenWindow<TKey, TAcc, TOut> window)
    {
        if (_rolling is null)
        {
            StartEarly(window);
            return;
        }

        (Window, _at, _from) = (window, 0, null);
        _rolling.MoveTo(window);
        _order.Start(_rolling.Count);
        for (int i = 0; i < _rolling.Count; i++)
        {
            _order.Add(_rolling.At(i).Value.Registered);
        }

        _order.Sort();
    }

    /// <summary>Begins with any window.</summary>
    public void StartEarly(OpenWindow<TKey, TAcc, TOut> window)
    {
        if (window.Slices.Exists(static slice => slice.Runs.Count > 0) || (_goesByGroups && window.Slices.Count > 1))
        {
            Window = window;
            _groups = new GroupedWindow<TKey, TAcc>(window.Slices, _context.HashSeed);
            CombineNextGroup();
        }
        else
        {
            Window = window;
            StartWalk(window.Slices.Count == 1 ? window.Slices[0] : Combine(window));
        }
    }

    public void Stop()
    {
        Window = null;
        _from = null;
        _groups = null;
        _combined.Close();
    }

    /// <summary>The next key with what was aggregated for it; false when all keys have been walked.</summary>
    public bool TryNext(out KeyTable<TKey, TAcc>.Entry entry, out long version)
    {
        if (_from is not null)
        {
            while (_at == _from.Table.Count && _groups is { Next: < KeyGroups.Count })
            {
                CombineNextGroup();
            }

            Slice<TKey, TAcc> from = _from;
            if (_at < from.Table.Count)
            {
                int index = _overlaps ? _order[_at] : _at;
                entry = from.Table.At(index);
                version = from.VersionOf(index);
                _at++;
                return true;
            }
        }
        else if (TryNextRolling(out entry))
        {
            version = 0;
            return true;
        }

        entry = default;
        version = 0;
        return false;
    }

    /// <summary>
    /// What a window has aggregated for one key; false where it has nothing, or where it cannot be combined.
    /// </summary>
    public bool TryCombine(OpenWindow<TKey, TAcc, TOut> window, TKey key, ulong hash, out TAcc combined)
    {
        combined = _aggregator.Create();
        bool found = false;
        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            int index = slice.Table.Find(key, (uint)hash);
            if (index >= 0)
            {
                if (!TryMerge(window, key, ref combined, in slice.Table.At(index).Value))
                {
                    return false;
                }

                found = true;
            }
        }

        return found;
    }

    /// <summary>A record was added to a slice behind the watermark.</summary>
    public void Changed(Slice<TKey, TAcc> slice, int at, bool isNewKey)
    {
        if (slice.HasEntered)
        {
            _rolling!.Changed(slice, at, isNewKey); // Slices enter what rolls, and nothing else.
        }
    }

    /// <summary>Copies what rolls from window to window; null where nothing does.</summary>
    public RollingCopy<TKey, TAcc>? CopyRolling() => _rolling?.Copy();

    /// <summary>Lets what rolls go on with the slices that had entered, given by start.</summary>
    public RollingContent<TKey, TIn, TAcc, TOut, TAggregator>? RestoreRolling(
        IEnumerable<Slice<TKey, TAcc>> entered, long entries)
    {
        _rolling?.Restore(entered, entries);
        return _rolling;
    }

    /// <summary>A slice is no longer needed.</summary>
    public void Leave(Slice<TKey, TAcc> slice) => _rolling?.Leave(slice);

    private bool TryNextRolling(out KeyTable<TKey, TAcc>.Entry entry)
    {
        while (_at < _order.Count)
        {
            ref KeyTable<TKey, RollingKey<TAcc>>.Entry key = ref _rolling!.At(_order[_at]); // Else there is a from.
            _at++;
            try
            {
                entry = new() { Key = key.Key, Hash = key.Hash, Value = _rolling.Total(ref key) };
                return true;
            }
            catch (Exception exception)
            {
                // Half a result would be a wrong one, so the key says nothing.
                Report(exception, Window!, key.Key);
            }
        }

        entry = default;
        return false;
    }

    private void StartWalk(Slice<TKey, TAcc> from)
    {
        (_from, _at) = (from, 0);
        _order.Start(from.Table.Count);
        if (_overlaps)
        {
            for (int i = 0; i < from.Table.Count; i++)
            {
                _order.Add(from.RegisteredOf(i));
            }

            _order.Sort();
        }
    }

    private Slice<TKey, TAcc> Combine(OpenWindow<TKey, TAcc, TOut> window)
    {
        KeyTable<TKey, bool>? refused = null;
        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            for (int i = 0; i < slice.Table.Count; i++)
            {
                Put(window, ref refused, in slice.Table.At(i), slice.RegisteredOf(i), slice.VersionOf(i));
            }
        }

        return _combined;
    }

    private void CombineNextGroup()
    {
        GroupedWindow<TKey, TAcc> window = _groups!; // Set by whoever calls.
        int group = window.Next++;
        KeyTable<TKey, bool>? refused = null;
        var spilled = new SpilledReader<TKey, TAcc, TAggregator>(_aggregator, _context.HashSeed);
        _combined.Close();
        for (int at = 0; at < window.Slices.Count; at++)
        {
            Slice<TKey, TAcc> slice = window.Slices[at];
            foreach (SpilledRun run in slice.Runs)
            {
                spilled.Open(run, group);
                while (spilled.TryRead(out TKey key, out ulong hash, out long registered, out TAcc value))
                {
                    KeyTable<TKey, TAcc>.Entry entry = new() { Key = key, Hash = (uint)hash, Value = value };
                    Put(Window!, ref refused, in entry, registered, version: 0);
                }
            }

            foreach (int i in window.InMemory(at, group))
            {
                Put(Window!, ref refused, in slice.Table.At(i), slice.RegisteredOf(i), slice.VersionOf(i));
            }
        }

        StartWalk(_combined);
    }

    private void Put(
        OpenWindow<TKey, TAcc, TOut> window,
        ref KeyTable<TKey, bool>? refused,
        in KeyTable<TKey, TAcc>.Entry entry,
        long registered,
        long version)
    {
        if (refused is not null && refused.Find(entry.Key, entry.Hash) >= 0)
        {
            return;
        }

        int index = IndexOf(in entry);
        if (TryMerge(window, entry.Key, ref _combined.Table.At(index).Value, in entry.Value))
        {
            _combined.SetVersion(index, Math.Max(_combined.VersionOf(index), version));
            _combined.SetRegistered(index, Math.Min(_combined.RegisteredOf(index), registered));
        }
        else
        {
            // Half a result would be a wrong one, so the key says nothing.
            (refused ??= new()).FindOrAdd(entry.Key, entry.Hash, out _);
            _combined.RemoveAt(index);
        }
    }

    private int IndexOf(in KeyTable<TKey, TAcc>.Entry entry)
    {
        int index = _combined.Table.FindOrAdd(entry.Key, entry.Hash, out bool added);
        if (added)
        {
            _combined.Table.At(index).Value = _aggregator.Create();
            _combined.SetVersion(index, 0);
            _combined.SetRegistered(index, long.MaxValue);
        }

        return index;
    }

    private bool TryMerge(OpenWindow<TKey, TAcc, TOut> window, TKey key, ref TAcc into, in TAcc from)
    {
        try
        {
            _aggregator.Merge(ref into, in from);
            return true;
        }
        catch (Exception exception)
        {
            Report(exception, window, key);
            return false;
        }
    }

    private void Report(Exception exception, OpenWindow<TKey, TAcc, TOut> window, TKey key) =>
        _context.Report(exception, null, window.Bounds.MaxTimestamp.Ticks, key?.ToString());
}
