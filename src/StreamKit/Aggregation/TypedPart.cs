namespace StreamKit.Aggregation;

/// <summary>An aggregator with its exact types.</summary>
internal sealed class TypedPart<TIn, TAcc, TOut, TAggregator>(TAggregator aggregator) : AggregatorPart<TIn, TOut>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    public override TResult Accept<TResult>(IAggregatorVisitor<TIn, TOut, TResult> visitor) =>
        visitor.Visit<TAcc, TAggregator>(aggregator);
}
