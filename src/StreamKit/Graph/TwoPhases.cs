using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>Adds the steps of an aggregation whose first phase runs before the exchange by key.</summary>
internal sealed class TwoPhases<TKey, T, TOut>(
    StreamGraph graph,
    StreamNode<KeyedBatch<TKey, T>> keys,
    WindowOptions options,
    Func<AggregatorPart<T, TOut>> aggregator) : IAggregatorVisitor<T, TOut, RecordsNode<WindowResult<TKey, TOut>>>
{
    public RecordsNode<WindowResult<TKey, TOut>> Visit<TAcc, TAggregator>(TAggregator sample)
        where TAggregator : struct, IWindowAggregator<T, TAcc, TOut>
    {
        // Every lane composes its own; each has the type of the sample.
        TAggregator Create() => aggregator().Accept(new Unpacked<TAggregator>());

        PreAggregationNode<T, TKey, TAcc, TOut, TAggregator> first =
            graph.Add(new PreAggregationNode<T, TKey, TAcc, TOut, TAggregator>(keys, options, Create));
        return new WindowNode<TKey, Partial<TAcc>, TOut>(
            first,
            options,
            () => Parts.Typed<Partial<TAcc>, TAcc, TOut, PartialAggregator<T, TAcc, TOut, TAggregator>>(new(Create())),
            late: null);
    }

    private sealed class Unpacked<TSame> : IAggregatorVisitor<T, TOut, TSame>
        where TSame : struct
    {
        public TSame Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<T, TAcc, TOut> => (TSame)(object)aggregator;
    }
}
