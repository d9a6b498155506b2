namespace StreamKit.Aggregation;

/// <content>Statistics, extremes and decaying sums.</content>
internal static partial class Parts
{
    public static AggregatorPart<TIn, double> Variance<TIn>(Func<TIn, double> selector) =>
        Moments(selector, static moments => moments.SampleVariance);

    public static AggregatorPart<TIn, double> PopulationVariance<TIn>(Func<TIn, double> selector) =>
        Moments(selector, static moments => moments.PopulationVariance);

    public static AggregatorPart<TIn, double> StandardDeviation<TIn>(Func<TIn, double> selector) =>
        Moments(selector, static moments => moments.SampleDeviation);

    public static AggregatorPart<TIn, double> Covariance<TIn>(Func<TIn, double> x, Func<TIn, double> y) =>
        CoMoments(x, y, static moments => moments.SampleCovariance);

    public static AggregatorPart<TIn, double> Correlation<TIn>(Func<TIn, double> x, Func<TIn, double> y) =>
        CoMoments(x, y, static moments => moments.Correlation);

    public static AggregatorPart<TIn, LinearTrend> LinearTrend<TIn>(Func<TIn, double> x, Func<TIn, double> y) =>
        CoMoments(x, y, static moments => moments.Trend);

    public static AggregatorPart<TIn, IReadOnlyList<long>> Histogram<TIn>(
        Func<TIn, double> selector,
        double[] boundaries) =>
        Of<TIn, long[]?, IReadOnlyList<long>, HistogramAggregator<TIn>>(new(selector, boundaries));

    public static AggregatorPart<TIn, TValue> ArgMin<TIn, TBy, TValue>(Func<TIn, TBy> by, Func<TIn, TValue> select) =>
        Timed<TIn, DatedExtreme<TBy, TValue>, TValue, ArgMinAggregator<TIn, TBy, TValue>>(new(by, select));

    public static AggregatorPart<TIn, TValue> ArgMax<TIn, TBy, TValue>(Func<TIn, TBy> by, Func<TIn, TValue> select) =>
        Timed<TIn, DatedExtreme<TBy, TValue>, TValue, ArgMaxAggregator<TIn, TBy, TValue>>(new(by, select));

    public static AggregatorPart<TIn, double> DecayedSum<TIn>(Func<TIn, double> selector, long halfLifeTicks) =>
        Timed<TIn, DecayedSum, double, DecayedSumAggregator<TIn>>(new(selector, halfLifeTicks));

    private static AggregatorPart<TIn, double> Moments<TIn>(Func<TIn, double> selector, Func<Moments, double> result) =>
        Of<TIn, Moments, double, MomentsAggregator<TIn>>(new(selector, result));

    private static AggregatorPart<TIn, TOut> CoMoments<TIn, TOut>(
        Func<TIn, double> x,
        Func<TIn, double> y,
        Func<CoMoments, TOut> result) =>
        Of<TIn, CoMoments, TOut, CoMomentsAggregator<TIn, TOut>>(new(x, y, result));
}
