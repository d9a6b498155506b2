using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Aggregates per key and window, where windows are runs of slices: tumbling, hopping, global.</summary>
/// <remarks>
/// The slice of the last record is cached with its bounds, so the common record costs a comparison, a probe and the
/// aggregator. Only a record that is behind the end of some window over its slice takes the way through
/// <see cref="AddBehind"/>, which decides window by window.
/// </remarks>
internal sealed class SlicedWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    : WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly SlicedAssigner _assigner;
    private readonly SliceStore<TKey, TAcc, TOut> _store;
    private readonly bool _shared;
    private readonly bool _followsVersions;
    private readonly bool _remembersPanes;

    // Whether more must be known of each record than its accumulator: that it changed, or how to undo it.
    private readonly bool _keepsBooks;
    private readonly int[] _indexes;
    private readonly List<Window> _windows = [];
    private readonly List<Window> _missed = [];

    // The slice of the last record; the length is 0 where the next record must be looked at more closely.
    private Slice<TKey, TAcc>? _slice;
    private long _sliceStart;
    private ulong _sliceLength;

    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;
    private long _version;

    private readonly WindowFiring<TKey, TIn, TAcc, TOut, TAggregator> _firing;
    private readonly Queue<OpenWindow<TKey, TAcc, TOut>> _early = new();

    public SlicedWindowOperator(
        WindowOptions options,
        TAggregator aggregator,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<TIn>>>? late,
        OperatorContext context)
        : base(options, aggregator, next, late, context)
    {
        _assigner = (SlicedAssigner)options.Assigner;

        // Each window keeps its own content where it is emptied by firing; slices cannot then be shared.
        _shared = _assigner.IsPartition || options.Mode != PaneMode.Discarding || !options.CanRepeat;
        _followsVersions = options.EarlyEveryTicks is not null;
        _remembersPanes = options.CanRepeat;
        _keepsBooks = _followsVersions || context.GoesOnAfterErrors;
        _store = new(_assigner, options.LatenessTicks, _shared);
        _firing = new(aggregator);
        _indexes = typeof(TIn).IsValueType ? [] : new int[context.BatchSize];
    }

    public override bool IsEmpty => _store.WindowCount == 0;

    protected override void StartRecords(KeyedBatch<TKey, TIn> batch) => (_batch, _at) = (batch, 0);

    protected override bool AddRecords()
    {
        KeyedBatch<TKey, TIn> batch = _batch!; // Set by StartRecords.
        while (_at < batch.Count)
        {
            bool added = _keepsBooks ? AddToCurrentSlice(batch) : AddToCurrentSliceFast(batch);
            if (!added || _at == batch.Count)
            {
                continue;
            }

            if (!EnterSlice(batch.Records.Timestamps[_at]))
            {
                AddBehind(batch, _at);
                _at++;
                if (IsBlocked)
                {
                    return false;
                }
            }
        }

        _batch = null;
        return true;
    }

    protected override bool FireDue()
    {
        _sliceLength = 0;
        while (true)
        {
            if (_firing.Window is { } window)
            {
                if (!Emit(window, PaneTiming.OnTime))
                {
                    return false;
                }

                Complete(window);
            }
            else if (!_store.TryTakeDue(Watermark, out OpenWindow<TKey, TAcc, TOut> due))
            {
                return true;
            }
            else if (due.IsComplete)
            {
                _store.Remove(due);
            }
            else
            {
                due.IsComplete = true;
                _firing.Start(due);
            }
        }
    }

    protected override void StartEarly()
    {
        foreach (OpenWindow<TKey, TAcc, TOut> window in
            _store.Windows.Where(static w => !w.IsComplete).OrderBy(static w => w.Bounds))
        {
            _early.Enqueue(window);
        }
    }

    protected override bool FireEarly()
    {
        while (true)
        {
            if (_firing.Window is { } window)
            {
                if (!Emit(window, PaneTiming.Early))
                {
                    return false;
                }

                _firing.Stop();
            }
            else if (_early.TryDequeue(out OpenWindow<TKey, TAcc, TOut>? next))
            {
                _firing.Start(next);
            }
            else
            {
                return true;
            }
        }
    }

    protected override void Count()
    {
        Context.Counters.OpenWindows = _store.WindowCount;
        Context.Counters.Keys = _store.KeyCount;
    }

    // The same as AddToCurrentSlice where nothing but the accumulator is to be remembered: the loop that decides how fast
    // the engine is. The columns are as long as the batch says, so references take the place of checked indexing.
    private bool AddToCurrentSliceFast(KeyedBatch<TKey, TIn> batch)
    {
        if (_slice is not { } slice)
        {
            return true;
        }

        try
        {
            if (typeof(TIn).IsValueType)
            {
                AddRun(slice.Table, batch);
            }
            else
            {
                AddColumns(slice.Table, batch);
            }

            return true;
        }
        catch (Exception exception)
        {
            Report(exception, batch.Keys[_at], batch.Records.Timestamps[_at], batch.Records.Values[_at]);
            throw; // The policy is to fail, or this way would not have been taken.
        }
    }

    private void AddRun(KeyTable<TKey, TAcc> table, KeyedBatch<TKey, TIn> batch)
    {
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Records.Timestamps);
        ref TIn values = ref MemoryMarshal.GetArrayDataReference(batch.Records.Values);
        ref TKey keys = ref MemoryMarshal.GetArrayDataReference(batch.Keys);
        ref ulong hashes = ref MemoryMarshal.GetArrayDataReference(batch.Hashes);
        TAggregator aggregator = Aggregator;
        long start = _sliceStart;
        ulong length = _sliceLength;
        int count = batch.Count;
        ref KeyTable<TKey, TAcc>.Entry entry = ref Unsafe.NullRef<KeyTable<TKey, TAcc>.Entry>();
        for (int i = _at; i < count; i++)
        {
            _at = i;
            long timestamp = Unsafe.Add(ref timestamps, i);
            if ((ulong)(timestamp - start) >= length)
            {
                return;
            }

            TKey key = Unsafe.Add(ref keys, i);
            ulong hash = Unsafe.Add(ref hashes, i);

            // There is one key only where a stream is not parted: its entry stays the same.
            if (typeof(TKey) != typeof(Unit) || Unsafe.IsNullRef(ref entry))
            {
                entry = ref table.FindAtHome(key, hash);
                if (Unsafe.IsNullRef(ref entry))
                {
                    entry = ref FindOrCreate(table, key, hash);
                }
            }

            aggregator.Add(ref entry.Value, in Unsafe.Add(ref values, i), timestamp);
        }

        _at = count;
    }

    // First the place of every record, then each aggregate over the whole run.
    private void AddColumns(KeyTable<TKey, TAcc> table, KeyedBatch<TKey, TIn> batch)
    {
        int from = _at;
        int to = RunEnd(batch.Records.Timestamps.AsSpan(0, batch.Count));
        if (from == to)
        {
            return;
        }

        Span<int> indexes = _indexes.AsSpan(from, to - from);
        if (typeof(TKey) == typeof(Unit))
        {
            indexes.Fill(IndexOf(table, batch.Keys[from], batch.Hashes[from]));
        }
        else
        {
            for (int i = 0; i < indexes.Length; i++)
            {
                indexes[i] = IndexOf(table, batch.Keys[from + i], batch.Hashes[from + i]);
            }
        }

        int position = 0;
        try
        {
            Aggregator.AddRun(
                new Accumulators<TAcc>(ref table.At(0).Value, Unsafe.SizeOf<KeyTable<TKey, TAcc>.Entry>()),
                new Run<TIn>(
                    batch.Records.Values.AsSpan(from, to - from),
                    indexes,
                    batch.Records.Timestamps.AsSpan(from, to - from),
                    ref position));
            _at = to;
        }
        catch
        {
            _at = from + position;
            throw;
        }
    }

    private int RunEnd(ReadOnlySpan<long> timestamps)
    {
        long start = _sliceStart;
        ulong length = _sliceLength;
        int i = _at;
        while (i < timestamps.Length && (ulong)(timestamps[i] - start) < length)
        {
            i++;
        }

        return i;
    }

    private int IndexOf(KeyTable<TKey, TAcc> table, TKey key, ulong hash)
    {
        int index = table.FindOrAdd(key, hash, out bool added);
        if (added)
        {
            table.At(index).Value = Aggregator.Create();
        }

        return index;
    }

    private ref KeyTable<TKey, TAcc>.Entry FindOrCreate(KeyTable<TKey, TAcc> table, TKey key, ulong hash) =>
        ref table.At(IndexOf(table, key, hash));

    // Adds records while they fall into the current slice; false when a record failed and was left out.
    private bool AddToCurrentSlice(KeyedBatch<TKey, TIn> batch)
    {
        if (_slice is not { } slice)
        {
            return true;
        }

        KeyTable<TKey, TAcc> table = slice.Table;
        ReadOnlySpan<long> timestamps = batch.Records.Timestamps.AsSpan(0, batch.Count);
        ReadOnlySpan<TIn> values = batch.Records.Values.AsSpan(0, timestamps.Length);
        ReadOnlySpan<TKey> keys = batch.Keys.AsSpan(0, timestamps.Length);
        ReadOnlySpan<ulong> hashes = batch.Hashes.AsSpan(0, timestamps.Length);
        TAggregator aggregator = Aggregator;
        long start = _sliceStart;
        ulong length = _sliceLength;
        int i = _at, index = -1;
        bool added = false;
        TAcc before = default!; // Written before the aggregator can throw.
        try
        {
            for (; i < timestamps.Length; i++)
            {
                long timestamp = timestamps[i];
                if ((ulong)(timestamp - start) >= length)
                {
                    break;
                }

                index = table.FindOrAdd(keys[i], hashes[i], out added);
                ref TAcc accumulator = ref table.At(index).Value;
                if (added)
                {
                    accumulator = aggregator.Create();
                }

                before = accumulator;
                aggregator.Add(ref accumulator, in values[i], timestamp);
                if (_followsVersions)
                {
                    slice.SetVersion(index, ++_version);
                    ContentChanged();
                }
            }

            return true;
        }
        catch (Exception exception)
        {
            Undo(table, index, added, before);
            Report(exception, keys[i], timestamps[i], values[i]);
            i++;
            return false;
        }
        finally
        {
            _at = i;
        }
    }

    // A record that its aggregator refuses leaves no trace: neither half of its effect nor a key without content.
    private static void Undo(KeyTable<TKey, TAcc> table, int index, bool added, TAcc before)
    {
        if (added)
        {
            table.RemoveAt(index);
        }
        else if (index >= 0)
        {
            table.At(index).Value = before;
        }
    }

    // Makes the slice of an instant the current one; false where a record of that instant is not simply on time.
    private bool EnterSlice(long ticks)
    {
        Window bounds = _assigner.SliceOf(ticks);
        if (!_shared)
        {
            return false;
        }

        Slice<TKey, TAcc>? slice = _store.Find(bounds);
        if (slice is null)
        {
            _windows.Clear();
            _assigner.AddWindowsOf(bounds, _windows);
            if (_windows.Count == 0 || FirstEnd(_windows) <= Watermark)
            {
                return false;
            }

            slice = _store.Open(bounds, _windows, FirstEnd(_windows), Watermark);
        }
        else if (slice.FirstEnd <= Watermark)
        {
            return false;
        }

        _slice = slice;
        _sliceStart = bounds.StartTime.Ticks;
        _sliceLength = (ulong)(bounds.EndTime.Ticks - bounds.StartTime.Ticks);
        return true;
    }

    // Windows of one slice are ordered by start; sizes are equal, so the first also ends first, but no assigner promises it.
    private static long FirstEnd(List<Window> windows)
    {
        long first = long.MaxValue;
        foreach (Window window in windows)
        {
            first = Math.Min(first, window.EndTime.Ticks);
        }

        return first;
    }

    // Decides window by window about a record that is behind the end of at least one of its windows.
    private void AddBehind(KeyedBatch<TKey, TIn> batch, int at)
    {
        long ticks = batch.Records.Timestamps[at];
        Window bounds = _assigner.SliceOf(ticks);
        _windows.Clear();
        _missed.Clear();
        _assigner.AddWindowsOf(bounds, _windows);
        if (_windows.Count == 0)
        {
            Context.Counters.UnassignedRecords++;
            return;
        }

        long firstEnd = FirstEnd(_windows);
        for (int i = _windows.Count - 1; i >= 0; i--)
        {
            if (_store.IsExpired(_windows[i], Watermark))
            {
                _missed.Insert(0, _windows[i]);
                _windows.RemoveAt(i);
            }
        }

        if (_missed.Count > 0)
        {
            EmitLate(batch, at, _missed, acceptedByOthers: _windows.Count > 0);
        }

        if (_windows.Count > 0)
        {
            AddTo(batch, at, firstEnd);
        }
    }

    private void AddTo(KeyedBatch<TKey, TIn> batch, int at, long firstEnd)
    {
        long ticks = batch.Records.Timestamps[at];
        bool added = true;
        if (_shared)
        {
            added = AddTo(_store.BoundsFor(ticks, default), _windows, firstEnd, batch, at);
        }
        else
        {
            foreach (Window window in _windows)
            {
                added &= AddTo(window, [window], window.EndTime.Ticks, batch, at);
            }
        }

        if (added)
        {
            FireLate(_windows, batch, at);
        }
    }

    // False where the aggregator refused the record.
    private bool AddTo(Window bounds, IReadOnlyList<Window> windows, long firstEnd, KeyedBatch<TKey, TIn> batch, int at)
    {
        Slice<TKey, TAcc> slice = _store.Find(bounds) ?? _store.Open(bounds, windows, firstEnd, Watermark);
        KeyTable<TKey, TAcc> table = slice.Table;
        int index = table.FindOrAdd(batch.Keys[at], batch.Hashes[at], out bool added);
        ref TAcc accumulator = ref table.At(index).Value;
        if (added)
        {
            accumulator = Aggregator.Create();
        }

        TAcc before = accumulator;
        long timestamp = batch.Records.Timestamps[at];
        try
        {
            Aggregator.Add(ref accumulator, in batch.Records.Values[at], timestamp);
            slice.SetVersion(index, ++_version);
            ContentChanged();
            return true;
        }
        catch (Exception exception)
        {
            Undo(table, index, added, before);
            Report(exception, batch.Keys[at], timestamp, batch.Records.Values[at]);
            return false;
        }
    }

    // The windows that are complete already say at once what the record changed.
    private void FireLate(List<Window> windows, KeyedBatch<TKey, TIn> batch, int at)
    {
        foreach (Window bounds in windows)
        {
            if (Watermark >= bounds.EndTime.Ticks && _store.FindWindow(bounds) is { } window
                && _firing.TryCombine(window, batch.Keys[at], batch.Hashes[at], out TAcc combined))
            {
                Debug.Assert(window.IsComplete, "a window that the watermark has passed is complete");
                EmitPane(window, batch.Keys[at], (uint)batch.Hashes[at], combined, _version, PaneTiming.Late);
            }
        }
    }

    // Emits the keys of the window that is firing, from where it stopped; false when the output is blocked.
    private bool Emit(OpenWindow<TKey, TAcc, TOut> window, PaneTiming timing)
    {
        while (_firing.TryNext(out KeyTable<TKey, TAcc>.Entry entry, out long version))
        {
            EmitPane(window, entry.Key, entry.Hash, entry.Value, version, timing);
            if (IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    private void EmitPane(
        OpenWindow<TKey, TAcc, TOut> window,
        TKey key,
        uint hash,
        in TAcc accumulator,
        long version,
        PaneTiming timing)
    {
        PaneState<TOut> none = default;
        ref PaneState<TOut> state = ref none;
        if (_remembersPanes)
        {
            window.Panes ??= new KeyTable<TKey, PaneState<TOut>>();
            state = ref window.Panes.At(window.Panes.FindOrAdd(key, hash, out _)).Value;

            // An early pane says something new; a discarding pane is never empty.
            bool unchanged = state.Emitted > 0 && version <= state.Version;
            if (unchanged && (timing == PaneTiming.Early || (_followsVersions && Options.Mode == PaneMode.Discarding)))
            {
                return;
            }

            state.Version = version;
        }

        try
        {
            EmitPane(ref state, key, window.Bounds, Aggregator.Result(in accumulator), timing);
        }
        catch (Exception exception) when (exception is not StreamException)
        {
            Report(exception, key, window.Bounds.MaxTimestamp.Ticks);
        }

        if (Options.Mode == PaneMode.Discarding && _remembersPanes)
        {
            Empty(window, key, hash);
        }
    }

    // Not shared, so the window's content is one slice.
    private void Empty(OpenWindow<TKey, TAcc, TOut> window, TKey key, uint hash)
    {
        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            slice.Table.At(slice.Table.Find(key, hash)).Value = Aggregator.Create();
        }
    }

    private void Complete(OpenWindow<TKey, TAcc, TOut> window)
    {
        _firing.Stop();
        if (_store.IsExpired(window.Bounds, Watermark))
        {
            _store.Remove(window);
        }
        else
        {
            _store.KeepUntilExpiry(window);
        }
    }
}
