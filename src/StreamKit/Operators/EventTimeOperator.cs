using System.Diagnostics;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>Gives every record its event time and makes the stream's watermark, split by split.</summary>
/// <remarks>Watermarks from before are replaced, except the end of event time, which passes.</remarks>
internal sealed class EventTimeOperator<T> : Operator<Batch<T>, Batch<T>>
{
    private readonly Func<T, Timestamp> _selector;
    private readonly WatermarkStrategy<T> _strategy;
    private readonly long _granularity;
    private readonly WatermarkMerge _merge = new();
    private readonly Dictionary<int, Split> _splits = [];
    private long _emitted = long.MinValue;
    private bool _idle;

    /// <param name="selector">The event time of a record.</param>
    /// <param name="strategy">How the watermark is made.</param>
    /// <param name="granularity">
    /// The distance between the watermarks that can change anything further down; those between are not sent. 0: all.
    /// </param>
    /// <param name="next">The next receiver.</param>
    /// <param name="context">The surroundings.</param>
    public EventTimeOperator(
        Func<T, Timestamp> selector,
        WatermarkStrategy<T> strategy,
        long granularity,
        Receiver<Batch<T>> next,
        OperatorContext context)
        : base(next, context)
    {
        _selector = selector;
        _strategy = strategy;
        _granularity = granularity;
    }

    public override long NextTimer => Math.Min(base.NextTimer, NextIdleCheck());

    public override bool OnBatch(Batch<T> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        Split split = SplitOf(batch.Split);
        AssignAll(batch);
        if (batch.Count == 0)
        {
            batch.Return();
            return !Out.IsBlocked;
        }

        // The records came before the input could catch up, so the cause is judged before time moves.
        batch.LateCause = _merge.IsRejoining(split.Input) ? LateCause.IdleInputRejoined : LateCause.BehindWatermark;
        split.LastHeard = Context.Clock.Listening;
        long watermark = Advance(batch, split);
        SetIdle(false);
        if (batch.Count == 0)
        {
            batch.Return(); // The future guard rejected them all.
            return !Out.IsBlocked;
        }

        // The records first, then what they say about time.
        Context.Counters.RecordsOut += batch.Count;
        Out.Push(batch);
        Send(watermark);
        return !Out.IsBlocked;
    }

    public override bool OnSignal(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.SplitStart:
                SplitOf(signal.Split);
                break;
            case SignalKind.SplitEnd:
                Send(_merge.Finish(SplitOf(signal.Split).Input));
                _splits.Remove(signal.Split);
                SetIdle(_merge.IsIdle);
                break;
            case SignalKind.SplitIdle:
                MarkIdle(SplitOf(signal.Split));
                break;
            case SignalKind.SplitActive:
                SplitOf(signal.Split).LastHeard = Context.Clock.Listening;
                Send(_merge.Active(SplitOf(signal.Split).Input));
                SetIdle(_merge.IsIdle);
                break;
            case SignalKind.Watermark when signal.Value == long.MaxValue:
                Send(long.MaxValue);
                break;
            case SignalKind.Watermark or SignalKind.Idle or SignalKind.Active:
                break;
            case SignalKind.ProcessingTime:
                CheckIdle();
                Out.Push(signal);
                break;
            default:
                Out.Push(signal);
                break;
        }

        return !Out.IsBlocked;
    }

    private Split SplitOf(int number)
    {
        if (!_splits.TryGetValue(number, out Split? split))
        {
            split = new Split(_merge.Add(), _strategy.CreateGenerator()) { LastHeard = Context.Clock.Listening };
            _splits.Add(number, split);
        }

        return split;
    }

    private void AssignAll(Batch<T> batch)
    {
        int at = 0;
        while (!Assign(batch, ref at))
        {
            batch.RemoveAt(at);
        }
    }

    private bool Assign(Batch<T> batch, ref int at)
    {
        ReadOnlySpan<T> values = batch.Values.AsSpan(0, batch.Count);
        long[] timestamps = batch.Timestamps;
        int i = at;
        try
        {
            for (; i < values.Length; i++)
            {
                long ticks = _selector(values[i]).Ticks;
                if (ticks is long.MinValue or long.MaxValue)
                {
                    throw new InvalidOperationException(
                        "The event time of a record is one of the two reserved values.");
                }

                timestamps[i] = ticks;
            }

            return true;
        }
        catch (Exception exception)
        {
            Context.Report(exception, values[i], long.MinValue);
            return false;
        }
        finally
        {
            at = i;
        }
    }

    private long Advance(Batch<T> batch, Split split)
    {
        long watermark = long.MinValue;
        long latest = _strategy.Options.FutureSkewTicks is { } skew
            ? TickMath.Add(Context.Clock.Now, skew)
            : long.MaxValue;
        int runStart = 0;
        for (int i = 0; latest != long.MaxValue && i < batch.Count; i++)
        {
            if (batch.Timestamps[i] > latest)
            {
                watermark = Math.Max(watermark, AdvanceRun(batch, split, runStart, i));
                i = Guard(batch, i, latest);
                runStart = i + 1;
            }
        }

        watermark = Math.Max(watermark, AdvanceRun(batch, split, runStart, batch.Count));
        return _merge.Advance(split.Input, watermark);
    }

    private static long AdvanceRun(Batch<T> batch, Split split, int from, int to) => from >= to
        ? long.MinValue
        : split.Generator.Advance(batch.Values.AsSpan(from, to - from), batch.Timestamps.AsSpan(from, to - from));

    // Returns the index up to which the guard has dealt with the batch.
    private int Guard(Batch<T> batch, int index, long latest)
    {
        Context.Counters.FutureRecords++;
        switch (_strategy.Options.FuturePolicy)
        {
            case FuturePolicy.Clamp:
                batch.Timestamps[index] = latest;
                return index;
            case FuturePolicy.Reject:
                long timestamp = batch.Timestamps[index];
                var exception = new FutureTimestampException(new Timestamp(timestamp), new Timestamp(latest));
                Context.Report(exception, batch.Values[index], timestamp);
                batch.RemoveAt(index);
                return index - 1;
            default:
                Debug.Assert(_strategy.Options.FuturePolicy == FuturePolicy.Keep, "there are three policies");
                return index;
        }
    }

    private void Send(long watermark)
    {
        bool matters = watermark == long.MaxValue
            || _emitted == long.MinValue
            || _granularity == 0
            || TickMath.AlignedStart(watermark, _granularity, 0) > _emitted;
        if (watermark > _emitted && matters)
        {
            _emitted = watermark;
            Out.Push(Signal.Watermark(watermark));
        }

        Context.Counters.Watermark = Math.Max(Context.Counters.Watermark, watermark);
    }

    private void MarkIdle(Split split)
    {
        Send(_merge.Idle(split.Input));
        SetIdle(_merge.IsIdle);
    }

    private void SetIdle(bool idle)
    {
        if (idle != _idle)
        {
            _idle = idle;
            Out.Push(idle ? Signal.Idle : Signal.Active);
        }
    }

    private void CheckIdle()
    {
        if (_strategy.Options.IdlenessTicks is { } patience)
        {
            foreach (Split split in _splits.Values)
            {
                if (!_merge.IsIdleInput(split.Input) && Context.Clock.Listening - split.LastHeard >= patience)
                {
                    MarkIdle(split);
                }
            }
        }
    }

    private long NextIdleCheck()
    {
        if (_strategy.Options.IdlenessTicks is not { } patience)
        {
            return long.MaxValue;
        }

        long next = long.MaxValue;
        foreach (Split split in _splits.Values)
        {
            if (!_merge.IsIdleInput(split.Input))
            {
                long left = split.LastHeard + patience - Context.Clock.Listening;
                next = Math.Min(next, TickMath.Add(Context.Clock.Now, left));
            }
        }

        return next;
    }

    private sealed class Split(int input, SplitWatermark<T> generator)
    {
        public int Input { get; } = input;

        public SplitWatermark<T> Generator { get; } = generator;

        public long LastHeard { get; set; }
    }
}
