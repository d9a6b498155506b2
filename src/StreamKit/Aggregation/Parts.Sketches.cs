namespace StreamKit.Aggregation;

/// <content>Distinct values, quantiles and frequent values.</content>
internal static partial class Parts
{
    public static AggregatorPart<TIn, long> CountDistinct<TIn, TValue>(Func<TIn, TValue> selector, int limit) =>
        Of<TIn, DistinctValues<TValue>?, long, CountDistinctAggregator<TIn, TValue>>(new(selector, limit));

    public static AggregatorPart<TIn, long> ApproxCountDistinct<TIn, TValue>(
        Func<TIn, TValue> selector,
        Func<TValue, ulong> hash,
        int precision) =>
        Of<TIn, HyperLogLog?, long, ApproxCountDistinctAggregator<TIn, TValue>>(new(selector, hash, precision));

    public static AggregatorPart<TIn, double> Quantile<TIn>(
        Func<TIn, double> selector,
        double quantile,
        QuantileOptions options) =>
        Of<TIn, QuantileSketch?, double, QuantileAggregator<TIn>>(new(new(selector, options), quantile));

    public static AggregatorPart<TIn, IReadOnlyList<double>> Quantiles<TIn>(
        Func<TIn, double> selector,
        double[] quantiles,
        QuantileOptions options) =>
        Of<TIn, QuantileSketch?, IReadOnlyList<double>, QuantilesAggregator<TIn>>(
            new(new(selector, options), quantiles));

    public static AggregatorPart<TIn, IReadOnlyList<HeavyHitter<TValue>>> HeavyHitters<TIn, TValue>(
        Func<TIn, TValue> selector,
        int capacity)
        where TValue : notnull =>
        Of<TIn, FrequentValues<TValue>?, IReadOnlyList<HeavyHitter<TValue>>, HeavyHittersAggregator<TIn, TValue>>(
            new(selector, capacity));
}
