using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Gives every record its event time and makes the stream's watermark, split by split.</summary>
/// <remarks>Watermarks from before are replaced, except the end of event time, which passes.</remarks>
internal sealed class EventTimeOperator<T> : Operator<Batch<T>, Batch<T>>, IStateful
{
    private readonly EventTimeAssigner<T> _assigner;
    private readonly WatermarkStrategy<T> _strategy;
    private readonly long _granularity;
    private readonly WatermarkMerge _merge = new();
    private readonly EventTimeSplits<T> _splits;
    private readonly FutureGuard<T> _guard;
    private readonly Emitter<Late<T>>? _future;
    private readonly Silence? _silence;
    private readonly SplitAlignment? _alignment;
    private long _emitted = long.MinValue;
    private bool _idle;

    /// <param name="selector">The event time of a record.</param>
    /// <param name="strategy">How the watermark is made.</param>
    /// <param name="granularity">
    /// The distance between the watermarks that can change anything further down; those between are not sent. 0: all.
    /// </param>
    /// <param name="next">The next receiver.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="future">What takes the records beyond the future guard, where the policy says so.</param>
    public EventTimeOperator(
        Func<T, Timestamp> selector,
        WatermarkStrategy<T> strategy,
        long granularity,
        Receiver<Batch<T>> next,
        OperatorContext context,
        Receiver<Batch<Late<T>>>? future = null)
        : base(next, context)
    {
        _assigner = new EventTimeAssigner<T>(selector, context);
        _strategy = strategy;
        _granularity = granularity;
        _future = future is null ? null : new(future, context.BatchSize, new OperatorCounters("future", 0));
        _guard = new FutureGuard<T>(strategy.Options, _future, context);
        _silence = strategy.Options.SilenceTicks is { } after ? new Silence(after, granularity) : null;
        _alignment = strategy.Options.AlignmentGroup is { } group
            ? context.Align?.Invoke(group, strategy.Options.DriftTicks)
            : null;
        _splits = new EventTimeSplits<T>(strategy, _alignment, _merge, context);
        context.Counters.MakesWatermark = true;
        context.Remember(this);
    }

    public string StateKind => "event-time";

    public override long NextTimer => Math.Min(
        Math.Min(base.NextTimer, _future?.NextTimer ?? long.MaxValue), Math.Min(NextIdleCheck(), NextSilent()));

    public override bool HoldsNothing => base.HoldsNothing && (_future?.HoldsNothing ?? true);

    private bool IsBlocked => Out.IsBlocked || _future is { IsBlocked: true };

    public override bool OnBatch(Batch<T> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        EventTimeSplit<T> split = SplitOf(batch.Split);
        _assigner.Assign(batch);
        if (batch.Count == 0)
        {
            batch.Return();
            return !IsBlocked;
        }

        // The records came before the input could catch up, so the cause is judged before time moves.
        batch.LateCause = _merge.IsRejoining(split.Input) ? LateCause.IdleInputRejoined : LateCause.BehindWatermark;
        split.LastHeard = Context.Clock.Listening;
        split.Status.HeardAt = Context.Clock.Now;
        Advance(batch, split);
        SetIdle(false);
        _future?.Flush();
        if (batch.Count == 0)
        {
            batch.Return(); // The future guard took them all.
            return !IsBlocked;
        }

        // The records first, then what they say about time.
        Context.Counters.RecordsOut += batch.Count;
        Out.Push(batch);
        Send();
        return !IsBlocked;
    }

    public override bool OnSignal(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.SplitStart:
                SplitOf(signal.Split, signal.Origin);
                Send();
                SetIdle(_merge.IsIdle);
                break;
            case SignalKind.SplitEnd or SignalKind.SplitRetired:
                End(signal);
                break;
            case SignalKind.SplitIdle:
                MarkIdle(SplitOf(signal.Split));
                break;
            case SignalKind.SplitActive:
                MarkActive(SplitOf(signal.Split));
                break;
            case SignalKind.SplitHeld:
                Hold(SplitOf(signal.Split));
                break;
            case SignalKind.SplitReleased:
                Release(SplitOf(signal.Split));
                break;
            case SignalKind.Watermark when signal.Value == long.MaxValue:
                _merge.Raise(long.MaxValue);
                Send();
                break;
            case SignalKind.Watermark or SignalKind.Idle or SignalKind.Active:
                break;
            case SignalKind.ProcessingTime:
                CheckIdle();
                CheckSilence();
                Push(signal);
                break;
            case SignalKind.Started:
                _alignment?.Started();
                _splits.Started();
                Send();
                SetIdle(_merge.IsIdle);
                Push(signal);
                break;
            case SignalKind.End:
                LeaveGroup();
                Push(signal);
                break;
            default:
                Push(signal);
                break;
        }

        return !IsBlocked;
    }

    public override bool Resume()
    {
        bool all = Out.Resume();
        all &= _future?.Resume() ?? true;
        return all;
    }

    public void Declare(StateNeeds needs)
    {
    }

    public void Save(OperatorSnapshot snapshot) => _splits.Save(snapshot, _emitted, _idle);

    public void Restore(OperatorState state)
    {
        SavedEventTime saved = _splits.Restore(state);
        (_emitted, _idle) = (saved.Sent, saved.IsIdle);
        foreach (SavedSplit split in saved.Splits)
        {
            _silence?.Heard(Context.Clock.Listening, split.Highest);
        }
    }

    private EventTimeSplit<T> SplitOf(int number, SplitOrigin? origin = null)
    {
        EventTimeSplit<T> split = _splits.Get(number, origin, out bool isNew);
        if (isNew)
        {
            Report(split);
        }

        return split;
    }

    private void End(Signal signal)
    {
        EventTimeSplit<T> split = SplitOf(signal.Split);
        Release(split);
        split.Aligned?.Leave();
        _splits.Remove(signal.Split, split);
        if (signal.Kind == SignalKind.SplitEnd)
        {
            _merge.Finish(split.Input);
        }
        else
        {
            _merge.Retire(split.Input);
        }

        Send();
        SetIdle(_merge.IsIdle);
    }

    private void LeaveGroup()
    {
        _alignment?.Started();
        foreach (EventTimeSplit<T> split in _splits.All)
        {
            split.Aligned?.Leave();
        }
    }

    private void Advance(Batch<T> batch, EventTimeSplit<T> split)
    {
        long watermark = long.MinValue;
        long latest = _guard.Latest;
        int runStart = 0;
        for (int i = 0; latest != long.MaxValue && i < batch.Count; i++)
        {
            if (batch.Timestamps[i] > latest)
            {
                watermark = Math.Max(watermark, AdvanceRun(batch, split, runStart, i));
                i = _guard.Take(batch, i, latest, _merge.Current);
                runStart = i + 1;
            }
        }

        watermark = Math.Max(watermark, AdvanceRun(batch, split, runStart, batch.Count));
        _merge.Advance(split.Input, watermark);
        _silence?.Heard(Context.Clock.Listening, split.Status.Highest);
        Report(split);
    }

    private static long AdvanceRun(Batch<T> batch, EventTimeSplit<T> split, int from, int to)
    {
        if (from >= to)
        {
            return long.MinValue;
        }

        ReadOnlySpan<long> timestamps = batch.Timestamps.AsSpan(from, to - from);
        split.Status.Highest = Math.Max(split.Status.Highest, TickMath.Highest(timestamps));
        return split.Generator.Advance(batch.Values.AsSpan(from, to - from), timestamps);
    }

    private void Send()
    {
        long watermark = _merge.Current;
        if (_silence is { } silence)
        {
            watermark = _merge.Raise(silence.Advance(Context.Clock.Listening, watermark));
        }

        bool matters = watermark == long.MaxValue
            || _emitted == long.MinValue
            || _granularity == 0
            || TickMath.AlignedStart(watermark, _granularity, 0) > _emitted;
        if (watermark > _emitted && matters)
        {
            _emitted = watermark;
            Push(Signal.Watermark(watermark));
        }

        Context.Counters.Watermark = Math.Max(Context.Counters.Watermark, watermark);
    }

    private void MarkIdle(EventTimeSplit<T> split)
    {
        _merge.Idle(split.Input);
        Report(split);
        Send();
        SetIdle(_merge.IsIdle);
    }

    private void MarkActive(EventTimeSplit<T> split)
    {
        split.LastHeard = Context.Clock.Listening;
        _merge.Active(split.Input);
        Report(split);
        Send();
        SetIdle(_merge.IsIdle);
    }

    // What nobody asks for is not silent: the split's clock stands while it is held.
    private void Hold(EventTimeSplit<T> split)
    {
        split.HeldAt = Context.Clock.Listening;
        split.Status.HeldSince = Context.Clock.Now;
        _silence?.Hold(Context.Clock.Listening);
    }

    private void Release(EventTimeSplit<T> split)
    {
        if (split.HeldAt is { } heldAt)
        {
            split.LastHeard += Context.Clock.Listening - heldAt;
            split.HeldAt = null;
            split.Status.HeldSince = long.MinValue;
            _silence?.Release(Context.Clock.Listening);
        }
    }

    private void Report(EventTimeSplit<T> split)
    {
        long watermark = _merge.WatermarkOf(split.Input);
        bool isIdle = _merge.IsIdleInput(split.Input);
        split.Status.Watermark = watermark;
        split.Told?.Value = watermark;
        split.Status.IdleSince = !isIdle ? long.MinValue
            : split.Status.IdleSince == long.MinValue ? Context.Clock.Now
            : split.Status.IdleSince;
        split.Aligned?.Report(watermark, isIdle);
    }

    private void Push(Signal signal)
    {
        Out.Push(signal);
        _future?.Push(signal);
    }

    private void SetIdle(bool idle)
    {
        if (idle != _idle)
        {
            _idle = idle;
            Push(idle ? Signal.Idle : Signal.Active);
        }
    }

    private void CheckIdle()
    {
        if (_strategy.Options.IdlenessTicks is { } patience)
        {
            foreach (EventTimeSplit<T> split in _splits.All)
            {
                if (split.HeldAt is null
                    && !_merge.IsIdleInput(split.Input)
                    && Context.Clock.Listening - split.LastHeard >= patience)
                {
                    MarkIdle(split);
                }
            }
        }
    }

    private void CheckSilence()
    {
        if (_silence is null)
        {
            return;
        }

        long before = _emitted;
        Send();
        if (_idle && _emitted > before)
        {
            Push(Signal.Idle); // A watermark makes a stream active; this one is silent all the same.
        }
    }

    private long NextIdleCheck()
    {
        if (_strategy.Options.IdlenessTicks is not { } patience)
        {
            return long.MaxValue;
        }

        long next = long.MaxValue;
        foreach (EventTimeSplit<T> split in _splits.All)
        {
            if (split.HeldAt is null && !_merge.IsIdleInput(split.Input))
            {
                long left = split.LastHeard + patience - Context.Clock.Listening;
                next = Math.Min(next, TickMath.Add(Context.Clock.Now, left));
            }
        }

        return next;
    }

    private long NextSilent() => _silence?.NextDue(_merge.Current, _emitted) is { } due and not long.MaxValue
        ? TickMath.Add(Context.Clock.Now, due - Context.Clock.Listening)
        : long.MaxValue;
}
