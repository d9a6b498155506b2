namespace StreamKit.Aggregation;

/// <summary>The built-in aggregators, ready to be composed.</summary>
internal static partial class Parts
{
    public static AggregatorPart<TIn, long> Count<TIn>() => Typed<TIn, long, long, CountAggregator<TIn>>(default);

    public static AggregatorPart<TIn, long> Sum<TIn>(Func<TIn, long> selector) =>
        Typed<TIn, long, long, SumAggregator<TIn, long>>(new(selector));

    public static AggregatorPart<TIn, decimal> Sum<TIn>(Func<TIn, decimal> selector) =>
        Typed<TIn, decimal, decimal, SumAggregator<TIn, decimal>>(new(selector));

    public static AggregatorPart<TIn, double> Sum<TIn>(Func<TIn, double> selector) =>
        Of<TIn, CompensatedSum, double, DoubleSumAggregator<TIn>>(new(selector));

    public static AggregatorPart<TIn, double> Average<TIn>(Func<TIn, double> selector) =>
        Of<TIn, CompensatedSum, double, AverageAggregator<TIn>>(new(selector));

    public static AggregatorPart<TIn, decimal> Average<TIn>(Func<TIn, decimal> selector) =>
        Of<TIn, (decimal Sum, long Count), decimal, DecimalAverageAggregator<TIn>>(new(selector));

    public static AggregatorPart<TIn, TValue> Min<TIn, TValue>(Func<TIn, TValue> selector) =>
        Of<TIn, Extreme<TValue>, TValue, MinAggregator<TIn, TValue>>(new(selector));

    public static AggregatorPart<TIn, TValue> Max<TIn, TValue>(Func<TIn, TValue> selector) =>
        Of<TIn, Extreme<TValue>, TValue, MaxAggregator<TIn, TValue>>(new(selector));

    public static AggregatorPart<TIn, TValue> First<TIn, TValue>(Func<TIn, TValue> selector) =>
        Timed<TIn, Dated<TValue>, TValue, FirstAggregator<TIn, TValue>>(new(selector));

    public static AggregatorPart<TIn, TValue> Last<TIn, TValue>(Func<TIn, TValue> selector) =>
        Timed<TIn, Dated<TValue>, TValue, LastAggregator<TIn, TValue>>(new(selector));

    public static AggregatorPart<TIn, IReadOnlyList<TValue>> List<TIn, TValue>(Func<TIn, TValue> selector, int limit) =>
        Timed<TIn, List<(long Ticks, TValue Value)>?, IReadOnlyList<TValue>, ListAggregator<TIn, TValue>>(
            new(selector, limit));

    /// <summary>A user's own aggregator, struct or class.</summary>
    public static AggregatorPart<TIn, TOut> Of<TIn, TAcc, TOut, TAggregator>(TAggregator aggregator)
        where TAggregator : IAggregator<TIn, TAcc, TOut> =>
        Typed<TIn, TAcc, TOut, Untimed<TIn, TAcc, TOut, TAggregator>>(new(aggregator));

    /// <summary>A user's own aggregator that looks at event time, struct or class.</summary>
    public static AggregatorPart<TIn, TOut> Timed<TIn, TAcc, TOut, TAggregator>(TAggregator aggregator)
        where TAggregator : ITimedAggregator<TIn, TAcc, TOut> =>
        Typed<TIn, TAcc, TOut, Timed<TIn, TAcc, TOut, TAggregator>>(new(aggregator));

    public static AggregatorPart<TIn, TOut> Typed<TIn, TAcc, TOut, TAggregator>(TAggregator aggregator)
        where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut> =>
        new TypedPart<TIn, TAcc, TOut, TAggregator>(aggregator);
}
