using StreamKit.Records;

namespace StreamKit.Aggregation;

/// <summary>One of several aggregates, in the order in which the lambda asks for them.</summary>
internal interface IAskedAggregate<TIn>
{
    /// <summary>The aggregate as a part that puts its result into the cell.</summary>
    AggregatorPart<TIn, Unit> ToCell();
}
