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

    public override bool ClosesWindows => true;

    public override long? WatermarkGranularity => _options.Assigner.GranularityTicks switch
    {
        long.MaxValue => null,
        var granularity => granularity == 0 ? 0 : TickMath.Gcd(granularity, _options.LatenessTicks),
    };

    public Receiver<KeyedBatch<TKey, T>> Open(Wiring wiring)
    {
        OperatorContext context = wiring.ContextOf(this);
        Receiver<KeyedBatch<TKey, T>> windows = _aggregator().Accept(
            new Creation(_options, Downstream(wiring), _late?.Downstream(wiring), context));
        return _options.Assigner is SlicedAssigner sliced and not GlobalAssigner
            ? new NextWindowProbe<TKey, T>(sliced, windows, context.Counters)
            : windows;
    }

    public override IEnumerable<string> Validate()
    {
        if (!HasEventTime && _options.Assigner is not GlobalAssigner)
        {
            yield return $"'{Name}' has event-time windows over a stream without event time: "
                + "call WithEventTime(record => record.Time, Watermarks...) before KeyBy.";
        }

        // A result that is replaced would be counted twice, and nothing takes the first one out again.
        if (Inputs[0].Results is { CanRepeat: true, Mode: not PaneMode.Discarding })
        {
            yield return $"'{Name}' would count results several times: the windows before it emit more than one result "
                + "for a key and window (early firing or allowed lateness), each replacing the one before. "
                + "Use Panes(PaneMode.Discarding) there, leave out Early and AllowLateness, "
                + "or call AsAppend() before KeyBy if every result is to count.";
        }
    }

    private sealed class Creation(
        WindowOptions options,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<T>>>? late,
        OperatorContext context) : IAggregatorVisitor<T, TOut, Receiver<KeyedBatch<TKey, T>>>
    {
        public Receiver<KeyedBatch<TKey, T>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<T, TAcc, TOut> => options.Assigner is SessionAssigner
            ? new SessionWindowOperator<TKey, T, TAcc, TOut, TAggregator>(options, aggregator, next, late, context)
            : new SlicedWindowOperator<TKey, T, TAcc, TOut, TAggregator>(options, aggregator, next, late, context);
    }
}
