using StreamKit.Aggregation;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>
/// Statistics per key and window; more of them in <see cref="Aggregates{T}"/>, for several in one pass.
/// </content>
public sealed partial class WindowedStream<TKey, T>
{
    /// <inheritdoc cref="Aggregates{T}.Variance"/>
    public DataStream<WindowResult<TKey, double>> Variance(Func<T, double> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.Variance(selector));
    }

    /// <inheritdoc cref="Aggregates{T}.StandardDeviation"/>
    public DataStream<WindowResult<TKey, double>> StandardDeviation(Func<T, double> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.StandardDeviation(selector));
    }

    /// <summary>The record with the smallest <paramref name="by"/>, by that type's own order.</summary>
    /// <typeparam name="TBy">The type that is compared.</typeparam>
    /// <param name="by">What is compared.</param>
    /// <remarks>
    /// Among equals the record with the smallest event time, and among those the one that arrived first.
    /// </remarks>
    public DataStream<WindowResult<TKey, T>> MinBy<TBy>(Func<T, TBy> by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return Aggregate(() => Parts.ArgMin(by, static record => record));
    }

    /// <summary>The record with the largest <paramref name="by"/>, by that type's own order.</summary>
    /// <typeparam name="TBy">The type that is compared.</typeparam>
    /// <param name="by">What is compared.</param>
    /// <remarks>
    /// Among equals the record with the smallest event time, and among those the one that arrived first.
    /// </remarks>
    public DataStream<WindowResult<TKey, T>> MaxBy<TBy>(Func<T, TBy> by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return Aggregate(() => Parts.ArgMax(by, static record => record));
    }

    /// <inheritdoc cref="Aggregates{T}.Histogram"/>
    public DataStream<WindowResult<TKey, IReadOnlyList<long>>> Histogram(
        Func<T, double> selector,
        params double[] boundaries)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(boundaries);
        double[] own = HistogramAggregator<T>.Checked(boundaries);
        return Aggregate(() => Parts.Histogram(selector, own));
    }

    /// <inheritdoc cref="Aggregates{T}.CountDistinct"/>
    public DataStream<WindowResult<TKey, long>> CountDistinct<TValue>(Func<T, TValue> selector, int limit = 100_000)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Aggregate(() => Parts.CountDistinct(selector, limit));
    }

    /// <inheritdoc cref="Aggregates{T}.ApproxCountDistinct"/>
    public DataStream<WindowResult<TKey, long>> ApproxCountDistinct<TValue>(
        Func<T, TValue> selector,
        double relativeError = .01)
    {
        ArgumentNullException.ThrowIfNull(selector);
        Func<TValue, ulong> hash = ValueHashes.For<TValue>();
        int precision = HyperLogLog.PrecisionFor(relativeError);
        return Aggregate(() => Parts.ApproxCountDistinct(selector, hash, precision));
    }

    /// <inheritdoc cref="Aggregates{T}.Quantile"/>
    public DataStream<WindowResult<TKey, double>> Quantile(
        Func<T, double> selector,
        double quantile,
        double relativeError = QuantileOptions.DefaultRelativeError,
        int maxBins = QuantileOptions.DefaultMaxBins)
    {
        ArgumentNullException.ThrowIfNull(selector);
        var options = new QuantileOptions(relativeError, maxBins);
        QuantileOptions.Checked(quantile);
        return Aggregate(() => Parts.Quantile(selector, quantile, options));
    }

    /// <inheritdoc cref="Aggregates{T}.Median"/>
    public DataStream<WindowResult<TKey, double>> Median(Func<T, double> selector) => Quantile(selector, .5);

    /// <inheritdoc cref="Aggregates{T}.Quantiles(Func{T, double}, double[])"/>
    public DataStream<WindowResult<TKey, IReadOnlyList<double>>> Quantiles(
        Func<T, double> selector,
        params double[] quantiles)
    {
        ArgumentNullException.ThrowIfNull(selector);
        var options = new QuantileOptions(QuantileOptions.DefaultRelativeError, QuantileOptions.DefaultMaxBins);
        double[] own = QuantileOptions.Checked(quantiles);
        return Aggregate(() => Parts.Quantiles(selector, own, options));
    }

    /// <inheritdoc cref="Aggregates{T}.HeavyHitters"/>
    public DataStream<WindowResult<TKey, IReadOnlyList<HeavyHitter<TValue>>>> HeavyHitters<TValue>(
        Func<T, TValue> selector,
        int capacity)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return Aggregate(() => Parts.HeavyHitters(selector, capacity));
    }
}
