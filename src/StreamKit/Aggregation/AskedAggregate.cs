using StreamKit.Records;

namespace StreamKit.Aggregation;

/// <summary>An aggregate that the lambda asked for, and the cell from which the lambda reads its result.</summary>
internal sealed class AskedAggregate<TIn, TOut>(AggregatorPart<TIn, TOut> part)
    : IAskedAggregate<TIn>, IAggregatorVisitor<TIn, TOut, AggregatorPart<TIn, Unit>>
{
    private readonly Cell<TOut> _cell = new();

    public AggregatorPart<TIn, Unit> ToCell() => part.Accept(this);

    public TOut Take(ref int next)
    {
        next++;
        return _cell.Value;
    }

    AggregatorPart<TIn, Unit> IAggregatorVisitor<TIn, TOut, AggregatorPart<TIn, Unit>>.Visit<TAcc, TAggregator>(
        TAggregator aggregator) =>
        Parts.Typed<TIn, TAcc, Unit, ToCell<TIn, TAcc, TOut, TAggregator>>(new(aggregator, _cell));
}
