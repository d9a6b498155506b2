using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The exchange by key where each sender aggregates its records first.</summary>
internal sealed class PreAggregationNode<T, TKey, TAcc, TOut, TAggregator>
    : StreamNode<KeyedBatch<TKey, Partial<TAcc>>>, IConsumer<KeyedBatch<TKey, T>>, IStage<KeyedBatch<TKey, Partial<TAcc>>>
    where TAggregator : struct, IWindowAggregator<T, TAcc, TOut>
{
    private readonly WindowAssigner _assigner;
    private readonly Func<TAggregator> _aggregator;

    public PreAggregationNode(
        StreamNode<KeyedBatch<TKey, T>> input, WindowAssigner assigner, Func<TAggregator> aggregator)
        : base("pre-aggregate", input)
    {
        (_assigner, _aggregator) = (assigner, aggregator);
        input.Connect(this);
    }

    public override bool IsParallel => true;

    public override bool IsExchange => true;

    public Receiver<KeyedBatch<TKey, T>> Open(Wiring wiring) =>
        new PreAggregateOperator<TKey, T, TAcc, TOut, TAggregator>(
            (SlicedAssigner)_assigner, _aggregator(), wiring.OpenEdges(this), wiring.ContextOf(this));

    public Receiver<KeyedBatch<TKey, Partial<TAcc>>> OpenSubtask(Wiring wiring) => Downstream(wiring);

    public override Receiver<KeyedBatch<TKey, Partial<TAcc>>> Downstream(Wiring wiring) =>
        Consumers.Single().Open(wiring);

    public override IEnumerable<string> Validate()
    {
        if (_assigner is not SlicedAssigner)
        {
            yield return $"'{Name}' would aggregate before it is known to which window a record belongs: PreAggregate "
                + "works with windows whose bounds do not depend on the records. Leave it out.";
        }
    }
}
