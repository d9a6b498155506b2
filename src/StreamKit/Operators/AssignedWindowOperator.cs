using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>The general operator over windows that stay as they were assigned.</summary>
internal sealed class AssignedWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(
    WindowOptions options,
    TAggregator aggregator,
    Receiver<Batch<WindowResult<TKey, TOut>>> next,
    Receiver<Batch<Late<TIn>>>? late,
    OperatorContext context)
    : TriggeredWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(options, aggregator, next, late, context)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly RecordAssigner<TIn> _assigner = (RecordAssigner<TIn>)options.Assigner;
    private readonly WindowCollector _collector = ((RecordAssigner<TIn>)options.Assigner).CreateCollector();
    private readonly KeyTable<(TKey Key, Window Bounds), KeyedWindow<TKey, TAcc, TOut>> _windows = new();
    private readonly List<KeyedWindow<TKey, TAcc, TOut>> _changed = [];
    private readonly List<Window> _missed = [];

    // A key counts once for each window that it is in, as where windows share slices.
    protected override int KeyCount => _windows.Count;

    protected override void Add(KeyedBatch<TKey, TIn> batch, int at)
    {
        List<Window> windows;
        try
        {
            windows = _assigner.Assign(in batch.Records.Values[at], batch.Records.Timestamps[at], _collector);
        }
        catch (Exception exception)
        {
            Report(exception, batch, at);
            return;
        }

        if (windows.Count == 0)
        {
            Context.Counters.UnassignedRecords++;
            return;
        }

        _missed.Clear();
        _changed.Clear();
        foreach (Window bounds in windows)
        {
            if (IsExpired(bounds))
            {
                _missed.Add(bounds);
            }
            else if (!TryAddTo(bounds, batch, at))
            {
                break; // Reported, once for all its windows.
            }
        }

        if (_missed.Count > 0)
        {
            EmitLate(batch, at, _missed, acceptedByOthers: _missed.Count < windows.Count);
        }

        foreach (KeyedWindow<TKey, TAcc, TOut> window in _changed)
        {
            Changed(window, in batch.Records.Values[at]);
        }
    }

    protected override void Drop(KeyedWindow<TKey, TAcc, TOut> window) =>
        _windows.RemoveAt(_windows.Find((window.Key, window.Bounds), (uint)HashOf(window.Hash, window.Bounds)));

    protected override IEnumerable<KeyedWindow<TKey, TAcc, TOut>> AllWindows()
    {
        for (int i = 0; i < _windows.Count; i++)
        {
            yield return _windows.At(i).Value;
        }
    }

    protected override void TakeUp(KeyedWindow<TKey, TAcc, TOut> window)
    {
        int index = _windows.FindOrAdd((window.Key, window.Bounds), HashOf(window.Hash, window.Bounds), out bool added);
        _windows.At(index).Value = added ? window : throw StateException.Damaged("a key has a window twice");
    }

    private static ulong HashOf(ulong key, Window bounds) =>
        Mixing.Mix((ulong)bounds.StartTime.Ticks, (ulong)bounds.EndTime.Ticks, key);

    private bool TryAddTo(Window bounds, KeyedBatch<TKey, TIn> batch, int at)
    {
        (TKey Key, Window Bounds) place = (batch.Keys[at], bounds);
        ulong hash = HashOf(batch.Hashes[at], bounds);
        int index = _windows.Find(place, (uint)hash);
        if (index >= 0)
        {
            KeyedWindow<TKey, TAcc, TOut> known = _windows.At(index).Value;
            if (TryAdd(ref known.Accumulator, batch, at))
            {
                _changed.Add(known);
                return true;
            }

            return false;
        }

        TAcc accumulator = Aggregator.Create();
        if (!TryAdd(ref accumulator, batch, at))
        {
            return false;
        }

        KeyedWindow<TKey, TAcc, TOut> window = Make(batch.Keys[at], batch.Hashes[at], bounds);
        window.Accumulator = accumulator;
        _windows.At(_windows.FindOrAdd(place, hash, out _)).Value = window;
        _changed.Add(window);
        return true;
    }
}
