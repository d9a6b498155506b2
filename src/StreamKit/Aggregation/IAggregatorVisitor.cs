namespace StreamKit.Aggregation;

/// <summary>Is told an aggregator together with its exact types, so that what it builds is compiled for them.</summary>
internal interface IAggregatorVisitor<TIn, TOut, TResult>
{
    TResult Visit<TAcc, TAggregator>(TAggregator aggregator)
        where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>;
}
