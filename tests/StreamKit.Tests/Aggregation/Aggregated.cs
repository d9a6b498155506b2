using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

/// <summary>Computes an aggregate over records, in parts that are merged.</summary>
internal static class Aggregated
{
    /// <summary>
    /// The result over all records, added in this order to as many accumulators as said, which are then merged.
    /// </summary>
    public static TOut Over<TIn, TOut>(
        IEnumerable<TIn> records,
        Func<Aggregates<TIn>, TOut> lambda,
        int parts = 1,
        Func<TIn, long>? ticks = null) =>
        Composition.Of(lambda).Accept(new Adder<TIn, TOut>(records, parts, ticks ?? (static _ => 0)));

    private sealed class Adder<TIn, TOut>(IEnumerable<TIn> records, int parts, Func<TIn, long> ticks)
        : IAggregatorVisitor<TIn, TOut, TOut>
    {
        public TOut Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
        {
            TAcc[] accumulators = [.. Enumerable.Range(0, parts).Select(_ => aggregator.Create())];
            int next = 0;
            foreach (TIn record in records)
            {
                aggregator.Add(ref accumulators[next++ % parts], in record, ticks(record));
            }

            TAcc all = aggregator.Create();
            foreach (ref TAcc part in accumulators.AsSpan())
            {
                aggregator.Merge(ref all, in part);
            }

            return aggregator.Result(in all);
        }
    }
}
