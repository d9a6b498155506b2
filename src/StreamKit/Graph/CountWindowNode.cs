using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The step that aggregates so many records of a key at a time.</summary>
internal sealed class CountWindowNode<TKey, T, TOut>
    : RecordsNode<WindowResult<TKey, TOut>>, IConsumer<KeyedBatch<TKey, T>>
{
    private readonly WindowOptions _options;
    private readonly Func<AggregatorPart<T, TOut>> _aggregator;
    private readonly LateNode<T>? _late;

    public CountWindowNode(
        StreamNode<KeyedBatch<TKey, T>> input,
        WindowOptions options,
        Func<AggregatorPart<T, TOut>> aggregator,
        LateNode<T>? late)
        : base("count-window", input)
    {
        (_options, _aggregator, _late) = (options, aggregator, late);
        Results = new WindowOptions(options.Assigner);
        input.Connect(this);
        late?.AttachTo(this);
    }

    // One result each, whatever else was said about the windows; that is refused below.
    public override WindowOptions Results { get; }

    public Receiver<KeyedBatch<TKey, T>> Open(Wiring wiring) =>
        _aggregator().Accept(
            new Creation((CountAssigner)_options.Assigner, Downstream(wiring), wiring.ContextOf(this)));

    public override IEnumerable<string> Validate()
    {
        // Whatever is said about a window besides its kind is about event time; the mode is about several results.
        if (_options with { Mode = default } != Results)
        {
            yield return $"'{Name}' counts records: its windows close when they are full, whatever the time. "
                + "Leave out AllowLateness, Early and all else that says when a window speaks.";
        }

        if (_options.Assigner.Domain == TimeDomain.Processing)
        {
            yield return $"'{Name}' counts records, whatever the time: leave out InProcessingTime.";
        }

        if (_late is not null)
        {
            yield return $"'{Name}' counts records, of which none is ever late: leave out SideOutputLate.";
        }

        foreach (string mistake in RepeatedResults.Validate(this))
        {
            yield return mistake;
        }
    }

    private sealed class Creation(
        CountAssigner windows,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        OperatorContext context) : IAggregatorVisitor<T, TOut, Receiver<KeyedBatch<TKey, T>>>
    {
        public Receiver<KeyedBatch<TKey, T>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<T, TAcc, TOut> =>
            new CountWindowOperator<TKey, T, TAcc, TOut, TAggregator>(windows, aggregator, next, context);
    }
}
