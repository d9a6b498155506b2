using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The exchange by key where each sender aggregates its records first.</summary>
internal sealed class PreAggregationNode<T, TKey, TAcc, TOut, TAggregator>
    : StreamNode<KeyedBatch<TKey, Partial<TAcc>>>,
        IConsumer<KeyedBatch<TKey, T>>,
        IStage<KeyedBatch<TKey, Partial<TAcc>>>
    where TAggregator : struct, IWindowAggregator<T, TAcc, TOut>
{
    private readonly WindowOptions _options;
    private readonly Func<TAggregator> _aggregator;

    public PreAggregationNode(
        StreamNode<KeyedBatch<TKey, T>> input, WindowOptions options, Func<TAggregator> aggregator)
        : base("pre-aggregate", input)
    {
        (_options, _aggregator) = (options, aggregator);
        input.Connect(this);
    }

    public override bool IsParallel => true;

    public override bool IsExchange => true;

    public Receiver<KeyedBatch<TKey, T>> Open(Wiring wiring)
    {
        OperatorContext context = wiring.ContextOf(this);
        var operation = new PreAggregateOperator<TKey, T, TAcc, TOut, TAggregator>(
            (SlicedAssigner)_options.Assigner, _aggregator(), wiring.OpenEdges(this), context);

        // Users give a name to the windows, of which this step is a part that they do not see.
        context.State?.Add(StateName + "/watermark", operation);
        return operation;
    }

    public Receiver<KeyedBatch<TKey, Partial<TAcc>>> OpenSubtask(Wiring wiring) => Downstream(wiring);

    public override Receiver<KeyedBatch<TKey, Partial<TAcc>>> Downstream(Wiring wiring) =>
        Consumers.Single().Open(wiring);

    public override IEnumerable<string> Validate()
    {
        if (_options.Assigner is not SlicedAssigner { Domain: TimeDomain.Event } || _options.HasTriggers)
        {
            yield return $"'{Name}' would aggregate records that are still needed one by one: PreAggregate works with "
                + "windows whose bounds do not depend on the records, in event time and without triggers. "
                + "Leave it out.";
        }
    }
}
