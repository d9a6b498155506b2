using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Aggregates, for each record, the records of its key in the time before it.</summary>
/// <remarks>
/// A record waits until the watermark has passed its time, because then all that it looks back on is there; then the
/// records of one instant are added together and each gets its result. So records are added in the order of event
/// time, whatever the order of arrival, and only a late one comes in the middle.
/// </remarks>
internal sealed partial class LookBackOperator<TKey, TIn, TAcc, TOut, TAggregator, TResult>
    : KeyedOperator<TKey, TIn, TResult>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly LookBackAssigner _windows;
    private readonly TAggregator _aggregator;
    private readonly Func<TIn, WindowResult<TKey, TOut>, TResult> _select;
    private readonly SlidingForm _form;
    private readonly KeyTable<TKey, LookBackKey<TKey, TAcc, TAggregator>> _keys = new();
    private readonly PriorityQueue<LookBackRecord<TKey, TIn>, (long Time, long Arrival)> _waiting = new();

    // Roughly by time: a late record stands behind those that came before it, and then goes a little later than it may.
    private readonly Queue<(long Time, LookBackKey<TKey, TAcc, TAggregator> Key)> _toForget = new();

    // The records of one instant that are being answered, from the place where answering stopped.
    private readonly List<LookBackRecord<TKey, TIn>> _now = [];
    private int _answered;
    private long _arrivals;

    public LookBackOperator(
        LookBackAssigner windows,
        TAggregator aggregator,
        Func<TIn, WindowResult<TKey, TOut>, TResult> select,
        Receiver<Batch<TResult>> next,
        Receiver<Batch<Late<TIn>>>? late,
        OperatorContext context)
        : base(next, late, context)
    {
        (_windows, _aggregator, _select, _form) = (windows, aggregator, select, aggregator.SlidingForm);
        context.Remember(this);
    }

    public override bool IsEmpty => _waiting.Count == 0 && _now.Count == 0 && _keys.Count == 0;

    protected override void Take(KeyedBatch<TKey, TIn> batch, int at)
    {
        long timestamp = batch.Records.Timestamps[at];
        var record = new LookBackRecord<TKey, TIn>(
            batch.Keys[at], batch.Hashes[at], timestamp, batch.Records.Values[at]);
        if (timestamp >= Watermark)
        {
            _waiting.Enqueue(record, (timestamp, _arrivals++));
        }
        else
        {
            // Its own result is gone; records to come may still look back on it.
            bool isSeen = timestamp >= FirstSeen() && TryAdd(in record);
            EmitLate(batch, at, _windows.WindowOf(timestamp), isSeen);
        }
    }

    protected override bool DoDue(Signal signal)
    {
        if (signal.Kind != SignalKind.Watermark)
        {
            return true;
        }

        do
        {
            while (_answered < _now.Count)
            {
                Answer(_now[_answered++]);
                if (IsBlocked)
                {
                    return false;
                }
            }
        }
        while (NextInstant());

        Forget(FirstSeen());
        return true;
    }

    protected override void Count()
    {
        Context.Counters.Keys = _keys.Count;
        Context.Counters.OpenWindows = _waiting.Count;
    }

    // The first instant that a record to come can look back on.
    private long FirstSeen() =>
        Watermark == long.MaxValue ? long.MaxValue : TickMath.Add(Watermark, 1 - _windows.Length);

    private bool NextInstant()
    {
        _now.Clear();
        _answered = 0;
        while (_waiting.TryPeek(out LookBackRecord<TKey, TIn> record, out _)
            && record.Timestamp < Watermark
            && (_now.Count == 0 || _now[0].Timestamp == record.Timestamp))
        {
            _waiting.Dequeue();
            if (TryAdd(in record))
            {
                _now.Add(record);
            }
        }

        return _now.Count > 0;
    }

    // False where the aggregator refused the record: then it has no result, and nobody sees it.
    private bool TryAdd(in LookBackRecord<TKey, TIn> record)
    {
        int index = _keys.FindOrAdd(record.Key, record.Hash, out bool added);
        ref LookBackKey<TKey, TAcc, TAggregator> key = ref _keys.At(index).Value;
        if (added)
        {
            key = new(record.Key, record.Hash, _aggregator, _form);
        }

        try
        {
            TAcc alone = _aggregator.Create();
            TIn value = record.Value;
            _aggregator.Add(ref alone, in value, record.Timestamp);
            if (key.Records.Add(record.Timestamp, alone))
            {
                _toForget.Enqueue((record.Timestamp, key));
            }

            return true;
        }
        catch (Exception exception)
        {
            if (added)
            {
                _keys.RemoveAt(index);
            }

            Report(exception, record.Value, record.Timestamp, record.Key);
            return false;
        }
    }

    private void Answer(LookBackRecord<TKey, TIn> record)
    {
        Window window = _windows.WindowOf(record.Timestamp);
        TResult result;
        try
        {
            SlidingAggregate<TAcc, TAggregator> records =
                _keys.At(_keys.Find(record.Key, (uint)record.Hash)).Value.Records;
            records.RemoveBefore(window.StartTime.Ticks);
            TAcc total = records.Total();
            var pane = new Pane(PaneTiming.OnTime, 0, isFinal: true);
            result = _select(record.Value, new(record.Key, window, _aggregator.Result(in total), pane));
        }
        catch (Exception exception)
        {
            Report(exception, record.Value, record.Timestamp, record.Key);
            return;
        }

        Emit(record.Timestamp, result);
    }

    private void Forget(long before)
    {
        while (_toForget.TryPeek(out (long Time, LookBackKey<TKey, TAcc, TAggregator> Key) oldest)
            && oldest.Time < before)
        {
            _toForget.Dequeue();
            if (oldest.Key.IsGone)
            {
                continue;
            }

            oldest.Key.Records.RemoveBefore(before);
            if (oldest.Key.Records.IsEmpty)
            {
                oldest.Key.IsGone = true;
                _keys.RemoveAt(_keys.Find(oldest.Key.Key, (uint)oldest.Key.Hash));
            }
        }
    }
}
