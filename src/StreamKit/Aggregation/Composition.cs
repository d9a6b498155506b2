using StreamKit.Records;

namespace StreamKit.Aggregation;

/// <summary>Makes one aggregator of all that a lambda asks for.</summary>
/// <remarks>
/// Accumulators are nested pairs of structs, so a window keeps one flat struct per key and the JIT compiles one loop
/// for the lot. The cells belong to one aggregator: every lane composes its own.
/// </remarks>
internal static class Composition
{
    public static AggregatorPart<TIn, TOut> Of<TIn, TOut>(Func<Aggregates<TIn>, TOut> lambda)
    {
        var aggregates = new Aggregates<TIn>();
        aggregates.Record(lambda);
        AggregatorPart<TIn, Unit> all = aggregates.Asked[0].ToCell();
        foreach (IAskedAggregate<TIn> asked in aggregates.Asked.Skip(1))
        {
            all = all.Accept(new FirstOfPair<TIn>(asked.ToCell()));
        }

        return all.Accept(new Projection<TIn, TOut>(aggregates, lambda));
    }

    private sealed class FirstOfPair<TIn>(AggregatorPart<TIn, Unit> second)
        : IAggregatorVisitor<TIn, Unit, AggregatorPart<TIn, Unit>>
    {
        public AggregatorPart<TIn, Unit> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<TIn, TAcc, Unit> =>
            second.Accept(new SecondOfPair<TIn, TAcc, TAggregator>(aggregator));
    }

    private sealed class SecondOfPair<TIn, TFirst, TFirstAggregator>(TFirstAggregator first)
        : IAggregatorVisitor<TIn, Unit, AggregatorPart<TIn, Unit>>
        where TFirstAggregator : struct, IWindowAggregator<TIn, TFirst, Unit>
    {
        public AggregatorPart<TIn, Unit> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<TIn, TAcc, Unit> =>
            Parts.Typed<
                TIn, Both<TFirst, TAcc>, Unit, BothAggregator<TIn, TFirst, TFirstAggregator, TAcc, TAggregator>>(
                new(first, aggregator));
    }

    private sealed class Projection<TIn, TOut>(Aggregates<TIn> aggregates, Func<Aggregates<TIn>, TOut> lambda)
        : IAggregatorVisitor<TIn, Unit, AggregatorPart<TIn, TOut>>
    {
        public AggregatorPart<TIn, TOut> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<TIn, TAcc, Unit> =>
            Parts.Typed<TIn, TAcc, TOut, FromCells<TIn, TAcc, TOut, TAggregator>>(new(aggregator, aggregates, lambda));
    }
}
