using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Puts the records of both sides where they belong, or says that they came too late.</summary>
/// <remarks>
/// The slice of the last record is cached with its bounds, for both sides, so the common record costs a comparison, a
/// probe and a copy; several are probed for at once, so that their waits for memory overlap. Only a record that is
/// behind the end of some window over its slice takes the way through <see cref="AddBehind"/>, which decides window by
/// window.
/// </remarks>
internal sealed class JoinFiller<TKey, TLeft, TRight, TOut>(
    JoinOptions options,
    JoinStore<TKey, TLeft, TRight> store,
    JoinEmission<TKey, TLeft, TRight, TOut>? emission,
    OperatorContext context)
{
    // How many keys are fetched before the first of them is looked up: about as many as a processor waits for at once.
    private const int Ahead = 64;

    private readonly SlicedAssigner _assigner = options.Assigner;
    private readonly List<Window> _windows = [];
    private readonly List<Window> _missed = [];
    private readonly int[] _indexes = new int[Ahead];
    private long _watermark = long.MinValue;

    // The slice of the last record; the length is 0 where the next record must be looked at more closely.
    private JoinSlice<TKey, TLeft, TRight>? _slice;
    private long _sliceStart;
    private ulong _sliceLength;

    /// <summary>Windows may close now, so no slice is the current one.</summary>
    public void OnWatermark(long watermark)
    {
        _watermark = watermark;
        _slice = null;
        _sliceLength = 0;
    }

    /// <summary>The windows over a slice, expired or not; good until the next call.</summary>
    public List<Window> WindowsOver(Window slice)
    {
        _windows.Clear();
        _assigner.AddWindowsOf(slice, _windows);
        return _windows;
    }

    /// <summary>Opens a slice that was saved, over those of its windows that have not expired.</summary>
    public JoinSlice<TKey, TLeft, TRight> TakeUp(SavedJoinSlice saved)
    {
        List<Window> windows = WindowsOver(saved.Bounds);
        bool isSame = _assigner.SliceOf(saved.Bounds.StartTime.Ticks) == saved.Bounds
            && windows.Count == saved.Windows && FirstEnd(windows) == saved.FirstEnd;
        windows.RemoveAll(window => store.IsExpired(window, _watermark));
        return isSame && windows.Count > 0
            ? store.Open(saved.Bounds, windows, saved.FirstEnd, _watermark)
            : throw SavedJoin<TKey, TLeft, TRight>.OfOtherWindows();
    }

    /// <summary>
    /// Adds records from one on; returns the first that was not looked at, which comes early where a record was late:
    /// what it brought is to be emitted first.
    /// </summary>
    public int Add<T, TSide>(KeyedBatch<TKey, T> batch, int from, LateOutput<T> late)
        where TSide : struct, IJoinSide<TKey, TLeft, TRight, T>
    {
        int at = from;
        while (at < batch.Count)
        {
            if (!EnterSlice(batch.Records.Timestamps[at], out JoinSlice<TKey, TLeft, TRight>? slice))
            {
                AddBehind<T, TSide>(batch, at, late);
                return at + 1;
            }

            at = Fill<T, TSide>(slice, batch, at);
        }

        return at;
    }

    // Makes the slice of an instant the current one; false where a record of that instant is not simply on time.
    private bool EnterSlice(long ticks, [NotNullWhen(true)] out JoinSlice<TKey, TLeft, TRight>? slice)
    {
        slice = _slice;
        if (slice is not null && (ulong)(ticks - _sliceStart) < _sliceLength)
        {
            return true;
        }

        Window bounds = _assigner.SliceOf(ticks);
        slice = store.Find(bounds);
        if (slice is null)
        {
            _windows.Clear();
            _assigner.AddWindowsOf(bounds, _windows);
            if (_windows.Count == 0 || FirstEnd(_windows) <= _watermark)
            {
                return false;
            }

            slice = store.Open(bounds, _windows, FirstEnd(_windows), _watermark);
        }
        else if (slice.FirstEnd <= _watermark)
        {
            return false;
        }

        _slice = slice;
        _sliceStart = bounds.StartTime.Ticks;
        _sliceLength = (ulong)(bounds.EndTime.Ticks - bounds.StartTime.Ticks);
        return true;
    }

    // The loop that decides how fast a join is. The columns are as long as the batch says, so references take the
    // place of checked indexing.
    private int Fill<T, TSide>(JoinSlice<TKey, TLeft, TRight> slice, KeyedBatch<TKey, T> batch, int at)
        where TSide : struct, IJoinSide<TKey, TLeft, TRight, T>
    {
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Records.Timestamps);
        ref T values = ref MemoryMarshal.GetArrayDataReference(batch.Records.Values);
        ref TKey keys = ref MemoryMarshal.GetArrayDataReference(batch.Keys);
        ReadOnlySpan<ulong> hashColumn = batch.Hashes.AsSpan(0, batch.Count);
        Span<int> indexes = _indexes;
        JoinRows<T> rows = TSide.RowsOf(slice);
        KeyTable<TKey, JoinEntry> table = slice.Table;
        long start = _sliceStart;
        ulong length = _sliceLength;
        int limit = options.LimitPerKey;
        for (int from = at; from < hashColumn.Length; from = at)
        {
            ReadOnlySpan<ulong> run = hashColumn.Slice(from, Math.Min(Ahead, hashColumn.Length - from));
            table.FindLikely(run, indexes);
            for (int i = 0; i < run.Length; i++, at++)
            {
                long timestamp = Unsafe.Add(ref timestamps, at);
                if ((ulong)(timestamp - start) >= length)
                {
                    return at;
                }

                TKey key = Unsafe.Add(ref keys, at);
                int index = indexes[i];
                if (index < 0 || !KeyTable<TKey, JoinEntry>.SameKey(table.At(index).Key, key))
                {
                    index = table.FindOrAdd(key, run[i], out _);
                }

                ref JoinChain chain = ref TSide.ChainOf(ref table.At(index).Value);
                if (chain.Count >= limit)
                {
                    ReportTooMany(slice, batch, at);
                    continue;
                }

                rows.Add(ref chain, Unsafe.Add(ref values, at), timestamp);
            }
        }

        return at;
    }

    // Decides window by window about a record that is behind the end of at least one of its windows.
    private void AddBehind<T, TSide>(KeyedBatch<TKey, T> batch, int at, LateOutput<T> late)
        where TSide : struct, IJoinSide<TKey, TLeft, TRight, T>
    {
        Window bounds = _assigner.SliceOf(batch.Records.Timestamps[at]);
        _windows.Clear();
        _missed.Clear();
        _assigner.AddWindowsOf(bounds, _windows);
        if (_windows.Count == 0)
        {
            context.Counters.UnassignedRecords++;
            return;
        }

        long firstEnd = FirstEnd(_windows);
        for (int i = _windows.Count - 1; i >= 0; i--)
        {
            if (store.IsExpired(_windows[i], _watermark))
            {
                _missed.Insert(0, _windows[i]);
                _windows.RemoveAt(i);
            }
        }

        if (_missed.Count > 0)
        {
            late.Emit(batch.Records, at, _missed, acceptedByOthers: _windows.Count > 0, _watermark);
        }

        if (_windows.Count > 0)
        {
            AddLate<T, TSide>(store.Find(bounds) ?? store.Open(bounds, _windows, firstEnd, _watermark), batch, at);
        }
    }

    // The windows that are complete already say at once which pairs the record made.
    private void AddLate<T, TSide>(JoinSlice<TKey, TLeft, TRight> slice, KeyedBatch<TKey, T> batch, int at)
        where TSide : struct, IJoinSide<TKey, TLeft, TRight, T>
    {
        TKey key = batch.Keys[at];
        ulong hash = batch.Hashes[at];
        int index = slice.Table.FindOrAdd(key, hash, out _);
        ref JoinChain chain = ref TSide.ChainOf(ref slice.Table.At(index).Value);
        if (chain.Count >= options.LimitPerKey)
        {
            ReportTooMany(slice, batch, at);
            return;
        }

        TSide.RowsOf(slice).Add(ref chain, batch.Records.Values[at], batch.Records.Timestamps[at]);
        emission?.StartLate<T, TSide>(key, (uint)hash, batch.Records.Values[at], CompleteWindows());
    }

    private IEnumerable<JoinWindow<TKey, TLeft, TRight>> CompleteWindows()
    {
        foreach (Window bounds in _windows)
        {
            if (_watermark >= bounds.EndTime.Ticks && store.FindWindow(bounds) is { } window)
            {
                yield return window;
            }
        }
    }

    // Windows are ordered by start. With equal sizes the first also ends first, but no assigner promises that.
    private static long FirstEnd(List<Window> windows)
    {
        long first = long.MaxValue;
        foreach (Window window in windows)
        {
            first = Math.Min(first, window.EndTime.Ticks);
        }

        return first;
    }

    private void ReportTooMany<T>(JoinSlice<TKey, TLeft, TRight> slice, KeyedBatch<TKey, T> batch, int at) =>
        context.Report(
            new InvalidOperationException(
                $"The key has {options.LimitPerKey} records on one side of the join in {slice.Bounds} already, and "
                + "each is paired with every one of the other side. Leave out keys that stand for 'unknown', or allow "
                + "more with LimitPerKey."),
            batch.Records.Values[at],
            batch.Records.Timestamps[at],
            batch.Keys[at]?.ToString());
}
