using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Aggregates per key and window, each with its own content, trigger and timers.</summary>
/// <remarks>
/// <para>
/// The general operator: it serves every trigger and every assigner, and says what the special ones say where they can
/// be compared. They are faster, because they share slices and do nothing per key and window but add.
/// </para>
/// <para>
/// A window speaks when its trigger says so, when it completes, and when it expires with content that it has not said.
/// The last two are no trigger's decision, so no combination of triggers can lose a record (FLINK-26498).
/// </para>
/// </remarks>
internal abstract partial class TriggeredWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    : WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly WindowTriggers<TKey, TIn, TAcc, TOut> _triggers;
    private readonly DueHeap<KeyedWindow<TKey, TAcc, TOut>> _due = new();
    private readonly DueHeap<KeyedWindow<TKey, TAcc, TOut>> _alarms = new();
    private readonly Queue<KeyedWindow<TKey, TAcc, TOut>> _early = new();
    private readonly Queue<(KeyedWindow<TKey, TAcc, TOut> Window, TriggerResult Result)> _firing = new();
    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;
    private long _made;
    private int _open;
    private Signal? _time;

    protected TriggeredWindowOperator(
        WindowOptions options,
        TAggregator aggregator,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<TIn>>>? late,
        OperatorContext context)
        : base(options, aggregator, next, late, context)
    {
        _triggers = new(options, context);
        context.Remember(this);
    }

    public override long NextTimer => Math.Min(base.NextTimer, _alarms.FirstTime);

    public override bool IsEmpty => _open == 0;

    /// <summary>How many keys are held.</summary>
    protected abstract int KeyCount { get; }

    public override bool OnSignal(Signal signal)
    {
        if (signal.Kind == SignalKind.ProcessingTime && signal.Value >= _alarms.FirstTime)
        {
            _time = signal;
            return ContinueAlarms(signal);
        }

        return base.OnSignal(signal);
    }

    public override bool Resume() => base.Resume() && (_time is not { } signal || ContinueAlarms(signal));

    protected override void StartRecords(KeyedBatch<TKey, TIn> batch) => (_batch, _at) = (batch, 0);

    protected override bool AddRecords()
    {
        KeyedBatch<TKey, TIn> batch = _batch!; // Set by StartRecords.
        while (FireWhatRecordsAskedFor())
        {
            if (_at == batch.Count)
            {
                _batch = null;
                return true;
            }

            Add(batch, _at);
            _at++;
        }

        return false;
    }

    protected override bool FireDue()
    {
        while (!IsBlocked && _due.TryPeek(Watermark, out KeyedWindow<TKey, TAcc, TOut> window))
        {
            DueKey key = KeyOf(window);
            if (window.Due.Key != key)
            {
                // Set for a timer, but the watermark has come further: to the end, or to expiry.
                _due.Set(window.Due, key);
            }
            else if (key.Time == ExpiryOf(window) && window.IsComplete)
            {
                Expire(window);
            }
            else if (key.Time == EndOf(window) && !window.IsComplete)
            {
                Complete(window);
            }
            else
            {
                Fire(window, _triggers.OnEventTimer(window, Watermark));
                Reschedule(window);
            }
        }

        return !IsBlocked;
    }

    protected override void StartEarly()
    {
        foreach (KeyedWindow<TKey, TAcc, TOut> window in AllWindows()
            .Where(static w => w is { IsDirty: true, IsComplete: false })
            .OrderBy(static w => w.Bounds).ThenBy(static w => w.Order))
        {
            _early.Enqueue(window);
        }
    }

    protected override bool FireEarly()
    {
        while (!IsBlocked && _early.TryDequeue(out KeyedWindow<TKey, TAcc, TOut>? window))
        {
            Fire(window, TriggerResult.Fire);
        }

        return !IsBlocked;
    }

    protected override void Count()
    {
        Context.Counters.OpenWindows = _open;
        Context.Counters.Keys = KeyCount;

        // The window that has something to do next is the one that closes next, or its trigger asks before that.
        bool closes = _due.TryPeek(long.MaxValue, out KeyedWindow<TKey, TAcc, TOut> next) && !next.IsComplete;
        Context.Counters.SetNext(
            closes ? next.Bounds.StartTime.Ticks : long.MinValue, closes ? next.Bounds.EndTime.Ticks : long.MaxValue);
    }

    /// <summary>Adds one record to its windows.</summary>
    protected abstract void Add(KeyedBatch<TKey, TIn> batch, int at);

    /// <summary>Forgets a window.</summary>
    protected abstract void Drop(KeyedWindow<TKey, TAcc, TOut> window);

    /// <summary>The windows of one key follow each other, in the order that the operator keeps them in.</summary>
    protected abstract IEnumerable<KeyedWindow<TKey, TAcc, TOut>> AllWindows();

    protected bool IsExpired(Window bounds) =>
        Watermark >= TickMath.Add(bounds.EndTime.Ticks, Options.LatenessTicks);

    /// <summary>A window with no content yet.</summary>
    protected KeyedWindow<TKey, TAcc, TOut> Make(TKey key, ulong hash, Window bounds)
    {
        _open++;
        return new KeyedWindow<TKey, TAcc, TOut>(key, hash, bounds, _made++)
        {
            IsComplete = Watermark >= bounds.EndTime.Ticks,
            Accumulator = Aggregator.Create(),
        };
    }

    /// <summary>Adds a record to an accumulator; false where the aggregator refused it, without a trace.</summary>
    protected bool TryAdd(ref TAcc accumulator, KeyedBatch<TKey, TIn> batch, int at)
    {
        TAcc before = accumulator;
        try
        {
            Aggregator.Add(ref accumulator, in batch.Records.Values[at], batch.Records.Timestamps[at]);
            return true;
        }
        catch (Exception exception)
        {
            accumulator = before;
            Report(exception, batch, at);
            return false;
        }
    }

    protected void Report(Exception exception, KeyedBatch<TKey, TIn> batch, int at) =>
        Report(exception, batch.Keys[at], batch.Records.Timestamps[at], batch.Records.Values[at]);

    /// <summary>A record was added to a window: asks its trigger, and sets its timers.</summary>
    protected void Changed(KeyedWindow<TKey, TAcc, TOut> window, in TIn record)
    {
        window.IsDirty = true;
        ContentChanged();
        TriggerResult result = _triggers.OnRecord(window, in record, Watermark);
        Reschedule(window);
        if (result != TriggerResult.Wait)
        {
            _firing.Enqueue((window, result));
        }
    }

    /// <summary>Makes one window of two: the other one is gone afterwards.</summary>
    protected void Absorb(KeyedWindow<TKey, TAcc, TOut> into, KeyedWindow<TKey, TAcc, TOut> from)
    {
        TAcc before = into.Accumulator;
        try
        {
            Aggregator.Merge(ref into.Accumulator, in from.Accumulator);
        }
        catch (Exception exception)
        {
            // They are one window all the same; what the other one held is reported.
            into.Accumulator = before;
            Report(exception, from.Key, from.Bounds.MaxTimestamp.Ticks);
        }

        into.Order = Math.Min(into.Order, from.Order);
        _triggers.Merge(into, from);
        Remove(from);
    }

    /// <summary>Puts a window into a phase; state and timers of the other one go.</summary>
    protected void EnterPhase(KeyedWindow<TKey, TAcc, TOut> window, bool isComplete)
    {
        if (window.IsComplete != isComplete)
        {
            _triggers.Reset(window);
            window.IsComplete = isComplete;
        }
    }

    /// <summary>Takes back what a window said last, because it will not stay.</summary>
    protected void Retract(KeyedWindow<TKey, TAcc, TOut> window) => RetractPane(
        ref window.Panes, window.Key, window.Bounds, window.IsComplete ? PaneTiming.Late : PaneTiming.Early);

    /// <summary>Forgets a window, with its timers and the state of its trigger.</summary>
    protected void Remove(KeyedWindow<TKey, TAcc, TOut> window)
    {
        _open--;
        _triggers.Reset(window);
        _due.Remove(window.Due);
        if (window.Alarm is { } alarm)
        {
            _alarms.Remove(alarm);
        }

        Drop(window);
    }

    private static long EndOf(KeyedWindow<TKey, TAcc, TOut> window) => window.Bounds.EndTime.Ticks;

    private long ExpiryOf(KeyedWindow<TKey, TAcc, TOut> window) => TickMath.Add(EndOf(window), Options.LatenessTicks);

    // What ends the window's phase goes before a timer that the same watermark has reached.
    private DueKey KeyOf(KeyedWindow<TKey, TAcc, TOut> window)
    {
        long last = window.IsComplete ? ExpiryOf(window) : EndOf(window);
        long time = Watermark >= last ? last : Math.Min(last, window.Timers.EventDue);
        return new DueKey(time, window.Bounds.StartTime.Ticks, window.Order);
    }

    private void Reschedule(KeyedWindow<TKey, TAcc, TOut> window)
    {
        _due.Set(window.Due, KeyOf(window));
        if (window.Timers.Processing != TriggerTimers.None)
        {
            window.Alarm ??= new DueEntry<KeyedWindow<TKey, TAcc, TOut>>(window);
            _alarms.Set(
                window.Alarm, new DueKey(window.Timers.Processing, window.Bounds.StartTime.Ticks, window.Order));
        }
        else if (window.Alarm is { } alarm)
        {
            _alarms.Remove(alarm);
        }
    }

    private bool FireWhatRecordsAskedFor()
    {
        while (!IsBlocked && _firing.TryDequeue(out (KeyedWindow<TKey, TAcc, TOut> Window, TriggerResult Result) one))
        {
            Fire(one.Window, one.Result);
        }

        return !IsBlocked;
    }

    private bool ContinueAlarms(Signal signal)
    {
        while (!IsBlocked && _alarms.TryPeek(signal.Value, out KeyedWindow<TKey, TAcc, TOut> window))
        {
            Fire(window, _triggers.OnProcessingTimer(window, Watermark));
            Reschedule(window);
        }

        if (IsBlocked)
        {
            return false;
        }

        _time = null;
        return base.OnSignal(signal);
    }

    private void Fire(KeyedWindow<TKey, TAcc, TOut> window, TriggerResult result)
    {
        // A result that nothing was added to is the same as the one before.
        bool isNew = window.IsDirty || (Options.Mode == PaneMode.Accumulating && result == TriggerResult.FireUnchanged);
        if (result != TriggerResult.Wait && isNew)
        {
            Emit(window, window.IsComplete ? PaneTiming.Late : PaneTiming.Early);
        }
    }

    private void Complete(KeyedWindow<TKey, TAcc, TOut> window)
    {
        EnterPhase(window, isComplete: true);
        if (window.IsDirty || Options.Mode == PaneMode.Accumulating)
        {
            Emit(window, PaneTiming.OnTime);
        }

        if (IsExpired(window.Bounds))
        {
            Remove(window);
        }
        else
        {
            Reschedule(window);
        }
    }

    private void Expire(KeyedWindow<TKey, TAcc, TOut> window)
    {
        if (window.IsDirty)
        {
            Emit(window, PaneTiming.Late);
        }

        Remove(window);
    }

    private void Emit(KeyedWindow<TKey, TAcc, TOut> window, PaneTiming timing)
    {
        window.IsDirty = false;
        try
        {
            TOut result = Aggregator.Result(in window.Accumulator);
            EmitPane(ref window.Panes, window.Key, window.Bounds, result, timing);
        }
        catch (Exception exception) when (exception is not StreamException)
        {
            Report(exception, window.Key, window.Bounds.MaxTimestamp.Ticks);
        }

        if (Options.Mode == PaneMode.Discarding)
        {
            window.Accumulator = Aggregator.Create();
        }
    }
}
