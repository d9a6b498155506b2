namespace StreamKit.Aggregation;

/// <summary>An aggregator whose accumulator type is not written down; it can be visited to learn it.</summary>
internal abstract class AggregatorPart<TIn, TOut>
{
    public abstract TResult Accept<TResult>(IAggregatorVisitor<TIn, TOut, TResult> visitor);
}
