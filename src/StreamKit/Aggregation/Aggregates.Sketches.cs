namespace StreamKit.Aggregation;

/// <content>Distinct values, quantiles and frequent values.</content>
public sealed partial class Aggregates<T>
{
    /// <summary>How many distinct values there are, exactly; null counts as one.</summary>
    /// <typeparam name="TValue">The type of the values; its own equality decides.</typeparam>
    /// <param name="selector">The value of a record.</param>
    /// <param name="limit">
    /// How many one window may hold; one more is an error. Memory grows with every distinct value, so it has a bound.
    /// Default: 100,000.
    /// </param>
    /// <remarks>
    /// Memory per key: 12 to 30 bytes and the value for each distinct one. Where this is too much, see
    /// <see cref="ApproxCountDistinct{TValue}"/>.
    /// </remarks>
    public long CountDistinct<TValue>(Func<T, TValue> selector, int limit = 100_000)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Ask(1L, static a => Parts.CountDistinct(a.selector, a.limit), (selector, limit));
    }

    /// <summary>How many distinct values there are, nearly, in bounded memory; null counts as one.</summary>
    /// <typeparam name="TValue">
    /// The type of the values: string, a number up to 64 bits, decimal, Guid, an enum, a date or a time.
    /// </typeparam>
    /// <param name="selector">The value of a record.</param>
    /// <param name="relativeError">
    /// The standard error, from 0.0025 to 0.25: the result is within it 68 times in 100, within twice of it 95 times,
    /// within three times of it 997 times in 1,000. Default: 0.01.
    /// </param>
    /// <exception cref="NotSupportedException">The type has no hash that is the same in every process.</exception>
    /// <remarks>
    /// HyperLogLog++ (Heule, Nunkesser, Hall 2013) with Ertl's estimator (2017), which has no bias. Memory per key: at
    /// most 16 KB for .01, 4 KB for .02 and 1 KB for .04; before that 4 bytes for each distinct value, and while these
    /// are fewer the standard error is below .0001. The result does not depend on the order of the records. The hash
    /// has no secret: where the values are chosen by somebody who wants the count to be wrong, use
    /// <see cref="CountDistinct"/>.
    /// </remarks>
    public long ApproxCountDistinct<TValue>(Func<T, TValue> selector, double relativeError = .01)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Ask(
            1L,
            static a => Parts.ApproxCountDistinct(
                a.selector, ValueHashes.For<TValue>(), HyperLogLog.PrecisionFor(a.relativeError)),
            (selector, relativeError));
    }

    /// <summary>A number that the given part of the records does not exceed, nearly, in bounded memory.</summary>
    /// <param name="selector">The number of a record; one that is infinite or none (NaN) is an error.</param>
    /// <param name="quantile">The part, from 0 (the least) to 1 (the greatest).</param>
    /// <param name="relativeError">
    /// How far the result may be from the truth, relative to it; .0001 to .5. Default: 0.01.
    /// </param>
    /// <param name="maxBins">How many buckets each sign may have; at least 16. Default: 2,048.</param>
    /// <returns>The number of rank <c>floor(quantile * (count - 1))</c>, counted from zero.</returns>
    /// <remarks>
    /// <para>
    /// DDSketch (Masson, Rim, Lee 2019). The error is a bound, not a probability, where the numbers of one sign span no
    /// more than the buckets do: a factor of 10^17 by default, of <c>exp(2 * relativeError * maxBins)</c> in general.
    /// Where they span more, the ones nearest to zero share one bucket, and the bound does not hold for quantiles among
    /// them. Up to 32 records, and for the least and the greatest number, the result is exact. It does not depend on
    /// their order.
    /// </para>
    /// <para>
    /// Memory per key: up to 32 numbers of 8 bytes, then 8 bytes for each bucket spanned, at most 16 KB for each sign.
    /// </para>
    /// </remarks>
    public double Quantile(
        Func<T, double> selector,
        double quantile,
        double relativeError = QuantileOptions.DefaultRelativeError,
        int maxBins = QuantileOptions.DefaultMaxBins)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Ask(
            1.0,
            static a => Parts.Quantile(
                a.selector, QuantileOptions.Checked(a.quantile), new QuantileOptions(a.relativeError, a.maxBins)),
            (selector, quantile, relativeError, maxBins));
    }

    /// <summary>The middle number: <see cref="Quantile"/> for one half, with a relative error of at most 1 %.</summary>
    /// <param name="selector">The number of a record; one that is infinite or none (NaN) is an error.</param>
    /// <returns>Of an even number of records, the lower one of the two in the middle.</returns>
    public double Median(Func<T, double> selector) => Quantile(selector, .5);

    /// <summary>
    /// Several quantiles from one sketch, with a relative error of at most 1 %; see <see cref="Quantile"/>.
    /// </summary>
    /// <param name="selector">The number of a record; one that is infinite or none (NaN) is an error.</param>
    /// <param name="quantiles">The parts, each from 0 to 1; at least one.</param>
    /// <returns>The results in the order of the quantiles.</returns>
    public IReadOnlyList<double> Quantiles(Func<T, double> selector, params double[] quantiles) =>
        Quantiles(selector, quantiles, QuantileOptions.DefaultRelativeError);

    /// <summary>Several quantiles from one sketch; see <see cref="Quantile"/>.</summary>
    /// <param name="selector">The number of a record; one that is infinite or none (NaN) is an error.</param>
    /// <param name="quantiles">The parts, each from 0 to 1; at least one.</param>
    /// <param name="relativeError">How far a result may be from the truth, relative to it; .0001 to .5.</param>
    /// <param name="maxBins">How many buckets each sign may have; at least 16. Default: 2,048.</param>
    /// <returns>The results in the order of the quantiles.</returns>
    public IReadOnlyList<double> Quantiles(
        Func<T, double> selector,
        IReadOnlyList<double> quantiles,
        double relativeError,
        int maxBins = QuantileOptions.DefaultMaxBins)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(quantiles);
        return Ask<
            IReadOnlyList<double>,
            (Func<T, double> Selector, IReadOnlyList<double> Quantiles, double Error, int Bins)>(
            _recording ? [.. Enumerable.Repeat(1.0, quantiles.Count)] : [],
            static a => Parts.Quantiles(a.Selector, QuantileOptions.Checked(a.Quantiles), new(a.Error, a.Bins)),
            (selector, quantiles, relativeError, maxBins));
    }

    /// <summary>The most frequent values with bounds for how often they came, in bounded memory.</summary>
    /// <typeparam name="TValue">The type of the values; its own equality decides.</typeparam>
    /// <param name="selector">The value of a record; null is an error.</param>
    /// <param name="capacity">
    /// How many values are counted at a time; more than zero. Ask for several times more than you show.
    /// </param>
    /// <returns>
    /// At most <paramref name="capacity"/> values, by count descending, then by error, then in the order of their type
    /// (strings: ordinal) if it has one, else of arrival.
    /// </returns>
    /// <remarks>
    /// SpaceSaving (Metwally, Agrawal, El Abbadi 2005), merged after Agarwal and others (2012). Always, for <c>n</c>
    /// records: the true count lies from <c>Count - Error</c> to <c>Count</c>; no error exceeds <c>n / capacity</c>;
    /// every value that came more often than that is listed. Up to <paramref name="capacity"/> distinct values all is
    /// exact; beyond, which of the rare ones are listed, and with which bounds, depends on the order of the records.
    /// Memory per key: about 80 bytes for each one counted, and the value itself where it is an object.
    /// </remarks>
    public IReadOnlyList<HeavyHitter<TValue>> HeavyHitters<TValue>(Func<T, TValue> selector, int capacity)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return Ask<IReadOnlyList<HeavyHitter<TValue>>, (Func<T, TValue>, int)>(
            [], static a => Parts.HeavyHitters(a.Item1, a.Item2), (selector, capacity));
    }
}
