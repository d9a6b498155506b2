using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The step that aggregates per key and window.</summary>
internal sealed class WindowNode<TKey, T, TOut> : RecordsNode<WindowResult<TKey, TOut>>, IConsumer<KeyedBatch<TKey, T>>
{
    private readonly WindowOptions _options;
    private readonly Func<AggregatorPart<T, TOut>> _aggregator;
    private readonly LateNode<T>? _late;

    public WindowNode(
        StreamNode<KeyedBatch<TKey, T>> input,
        WindowOptions options,
        Func<AggregatorPart<T, TOut>> aggregator,
        LateNode<T>? late)
        : base("window", input)
    {
        _options = options;
        _aggregator = aggregator;
        _late = late;
        input.Connect(this);
        if (late is not null)
        {
            late.AttachTo(this);
            AddConsumer(late);
        }
    }

    public override WindowOptions Results => _options;

    // Windows in processing time give their results the time of the window, whatever came in.
    public override bool HasEventTime => IsInProcessingTime || base.HasEventTime;

    public override TimeDomain? Domain => IsInProcessingTime ? TimeDomain.Processing : base.Domain;

    public override bool ClosesWindows => true;

    public override TimeZoneInfo? Zone => (_options.Assigner as CalendarAssigner)?.Zone;

    public override long? WatermarkGranularity => _options.Assigner.GranularityTicks switch
    {
        long.MaxValue => _options.OfTriggers(null),
        _ when IsInProcessingTime => null,
        var granularity =>
            _options.OfTriggers(granularity == 0 ? 0 : TickMath.Gcd(granularity, _options.LatenessTicks)),
    };

    private bool IsInProcessingTime => _options.Assigner.Domain == TimeDomain.Processing;

    public Receiver<KeyedBatch<TKey, T>> Open(Wiring wiring) => IsInProcessingTime
        ? OpenInProcessingTime(Downstream(wiring), wiring.ContextOf(this))
        : _aggregator().Accept(
            new Creation(_options, Downstream(wiring), _late?.Downstream(wiring), wiring.ContextOf(this)));

    public override IEnumerable<string> Validate()
    {
        foreach (string mistake in MistakesOfTime())
        {
            yield return mistake;
        }

        if (!HasEventTime && _options.Assigner is not GlobalAssigner)
        {
            yield return $"'{Name}' has event-time windows over a stream without event time: "
                + "call WithEventTime(record => record.Time, Watermarks...) before KeyBy.";
        }

        if (_options.HasTriggers && !TriggeredWindows.Serve<T>(_options.Assigner))
        {
            string why = _options.Assigner.WhyNoTriggers ?? "windows of this kind know none: leave it out";
            yield return $"'{Name}' has a trigger, but {why}.";
        }

        if (!HasEventTime && (_options.Early is EventTimeTrigger || _options.Late is EventTimeTrigger))
        {
            yield return $"'{Name}' has a trigger of event time over a stream without event time: "
                + "call WithEventTime(record => record.Time, Watermarks...) before KeyBy.";
        }

        // A result that is replaced would be counted twice, and nothing takes the first one out again.
        foreach (string mistake in RepeatedResults.Validate(this))
        {
            yield return mistake;
        }
    }

    private Receiver<KeyedBatch<TKey, T>> OpenInProcessingTime(
        Receiver<Batch<WindowResult<TKey, TOut>>> next, OperatorContext context)
    {
        var clock = new ProcessingClock(_options.Assigner, context.Clock);
        if (_options.Assigner.Completion == OnCompletion.Drop)
        {
            next = new UnfinishedWindowOperator<TKey, TOut>(next, clock, context);
        }

        return new ProcessingTimeOperator<TKey, T>(
            _aggregator().Accept(new Creation(_options, next, late: null, context)), clock, context);
    }

    private IEnumerable<string> MistakesOfTime()
    {
        if (IsInProcessingTime && (_options.LatenessTicks > 0 || _late is not null))
        {
            yield return $"'{Name}' has windows in processing time, for which no record is late: "
                + "leave out AllowLateness and SideOutputLate, or InProcessingTime.";
        }

        if (IsInProcessingTime && _options.Early is EventTimeTrigger)
        {
            yield return $"'{Name}' has windows in processing time, where no watermark comes: use "
                + "Triggers.EveryProcessingTime instead of a trigger of event time.";
        }

        if (!IsInProcessingTime && Domain == TimeDomain.Processing && _options.Assigner is not GlobalAssigner)
        {
            yield return $"'{Name}' has event-time windows over results of windows in processing time, whose time is "
                + "when records came and not when things happened: call WithEventTime(record => record.Time, "
                + "Watermarks...) before KeyBy, or put these windows in processing time too with InProcessingTime().";
        }
    }

    private sealed class Creation(
        WindowOptions options,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<T>>>? late,
        OperatorContext context) : IAggregatorVisitor<T, TOut, Receiver<KeyedBatch<TKey, T>>>
    {
        public Receiver<KeyedBatch<TKey, T>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<T, TAcc, TOut> => options.Assigner switch
            {
                _ when TriggeredWindows.AreNeeded<T>(options) =>
                    TriggeredWindows.Open<TKey, T, TAcc, TOut, TAggregator>(options, aggregator, next, late, context),
                SessionAssigner => new SessionWindowOperator<TKey, T, TAcc, TOut, TAggregator>(
                    options, aggregator, next, late, context),
                CappedSessionAssigner => new CappedSessionWindowOperator<TKey, T, TAcc, TOut, TAggregator>(
                    options, aggregator, next, late, context),
                _ => new SlicedWindowOperator<TKey, T, TAcc, TOut, TAggregator>(
                    options, aggregator, next, late, context),
            };
    }
}
