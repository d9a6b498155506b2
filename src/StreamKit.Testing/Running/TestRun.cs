using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>A pipeline that runs in the calling thread, one step at a time.</summary>
internal sealed class TestRun<TIn>
{
    // One split: a test drives one input.
    private const int Split = 0;

    // A timer that is due again at once, over and over, would never let time go on.
    private const int MostTimersAtOneInstant = 10_000;

    private readonly RunSetup<TIn> _setup;
    private readonly RunVariant _variant;
    private SynchronousPlan _plan;
    private Receiver<Batch<TIn>> _head;
    private long _unassignedBefore;
    private int _restarts;
    private readonly BatchPool<TIn> _pool;
    private readonly Random _random;
    private Batch<TIn>? _pending;

    public TestRun(RunSetup<TIn> setup, RunVariant variant)
    {
        (_setup, _variant) = (setup, variant);
        _plan = new SynchronousPlan(variant, setup.GeneratesWatermarks);
        _plan.Clock.Now = setup.StartTicks;
        _head = _plan.Build(setup);
        _pool = new BatchPool<TIn>(variant.BatchSize);
        _random = new Random(variant.Seed);
        Begin();
    }

    public bool HoldsNothing =>
        _pending is null && _head.HoldsNothing && _plan.Subtasks.All(static s => s.HoldsNothing);

    public long UnassignedRecords =>
        _unassignedBefore + _plan.Counters.Sum(static counters => counters.UnassignedRecords);

    public IReadOnlyList<T> RecordsOf<T>(CaptureSink<T> capture) => _plan.RecordsOf(capture);

    public void Apply(ScriptStep<TIn> step)
    {
        if (_variant.Restarts.Count > 0)
        {
            Restart();
        }

        if (step is ScriptStep<TIn>.Push push)
        {
            Push(push.Value, push.Ticks);
            return;
        }

        HandOver();
        switch (step)
        {
            case ScriptStep<TIn>.Watermark watermark:
                Send(Signal.Watermark(watermark.Ticks));
                break;
            case ScriptStep<TIn>.ProcessingTime time:
                Advance(time.AdvanceTicks);
                break;
            case ScriptStep<TIn>.Idle:
                Send(_setup.GeneratesWatermarks ? Signal.SplitIdle(Split) : Signal.Idle);
                break;
            case ScriptStep<TIn>.Active:
                Send(_setup.GeneratesWatermarks ? Signal.SplitActive(Split) : Signal.Active);
                break;
            case ScriptStep<TIn>.End:
                End();
                break;
        }

        if (_variant.Cut == BatchCut.RecordByRecord)
        {
            Settle();
        }
    }

    /// <summary>Lets everything that is under way come out.</summary>
    public void Settle()
    {
        HandOver();
        Send(Signal.Drained);

        // What one subtask hands over another may hold, so there are as many passes as there can be subtasks in a row.
        for (int pass = 0; pass < _plan.Subtasks.Count; pass++)
        {
            foreach (ISynchronousStage subtask in _plan.Subtasks)
            {
                subtask.OnLocalSignal(Signal.Drained);
            }
        }
    }

    private void Begin()
    {
        if (_setup.GeneratesWatermarks)
        {
            Send(Signal.SplitStart(Split));
            Send(Signal.Started);
        }
    }

    private void Restart()
    {
        Settle();
        _unassignedBefore = UnassignedRecords;
        int lanes = _variant.Restarts[_restarts++ % _variant.Restarts.Count];
        (_plan, _head) = _plan.GoOnAfterRestart(_setup, lanes);
        Begin();
    }

    private void Push(TIn value, long ticks)
    {
        _pending ??= _pool.Rent();
        _pending.Add(ticks, value);
        bool cut = _variant.Cut switch
        {
            BatchCut.RecordByRecord => true,
            BatchCut.AtRandom => _random.Next(3) == 0,
            _ => false,
        };
        if (cut || _pending.IsFull)
        {
            HandOver();
        }

        if (_variant.Cut == BatchCut.RecordByRecord || (_variant.Cut == BatchCut.AtRandom && _random.Next(4) == 0))
        {
            Settle();
        }
    }

    private void HandOver()
    {
        if (_pending is { } batch)
        {
            _pending = null;
            batch.Split = Split;
            if (!_head.OnBatch(batch))
            {
                Patience.Until(_head.Resume);
            }
        }
    }

    private void Send(Signal signal)
    {
        if (!_head.OnSignal(signal))
        {
            Patience.Until(_head.Resume);
        }
    }

    private void End()
    {
        if (_setup.GeneratesWatermarks)
        {
            Send(Signal.SplitEnd(Split));
        }

        Send(Signal.Watermark(long.MaxValue));
        Send(Signal.End);
    }

    // Time stops at every instant for which an operator has set a timer, as it would for a clock that runs.
    private void Advance(long ticks)
    {
        Settle();
        long target = checked(_plan.Clock.Now + ticks);
        int timers = 0;
        while (NextTimer() is var next && next <= target)
        {
            if (next > _plan.Clock.Now)
            {
                MoveTo(next);
                timers = 0;
            }

            if (++timers > MostTimersAtOneInstant)
            {
                throw new StreamTestException("A timer of the pipeline is due again and again at the same instant.");
            }

            TellTime();
        }

        MoveTo(target);
        TellTime();
    }

    private long NextTimer() => _plan.Subtasks.Select(static s => s.NextTimer).Append(_head.NextTimer).Min();

    private void MoveTo(long now)
    {
        _plan.Clock.Listening += now - _plan.Clock.Now;
        _plan.Clock.Now = now;
    }

    private void TellTime()
    {
        Signal now = Signal.ProcessingTime(_plan.Clock.Now);
        if (_head.NextTimer <= _plan.Clock.Now)
        {
            Send(now);
        }

        foreach (ISynchronousStage subtask in _plan.Subtasks.Where(s => s.NextTimer <= _plan.Clock.Now))
        {
            subtask.OnLocalSignal(now);
        }

        Settle();
    }
}
