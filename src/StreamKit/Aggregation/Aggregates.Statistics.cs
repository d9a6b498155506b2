namespace StreamKit.Aggregation;

/// <content>
/// Statistics, extremes and decaying sums. Each takes a few dozen bytes per key, however many records there are.
/// </content>
public sealed partial class Aggregates<T>
{
    /// <summary>The sample variance, which divides by one less than the number of records.</summary>
    /// <param name="selector">The number of a record.</param>
    /// <returns>Not a number (NaN) for fewer than two records, or where a number is infinite or none.</returns>
    /// <remarks>
    /// Welford's method, merged after Chan, Golub and LeVeque: an offset that is large beside the deviations costs no
    /// digits. The last digits depend on the order of the records. 32 bytes per key.
    /// </remarks>
    public double Variance(Func<T, double> selector) => Ask(1.0, Parts.Variance, selector);

    /// <summary>The variance of the records taken as the whole population: divides by their number.</summary>
    /// <param name="selector">The number of a record.</param>
    /// <returns>Zero for one record; not a number (NaN) where a number is infinite or none.</returns>
    /// <remarks>See <see cref="Variance"/>.</remarks>
    public double PopulationVariance(Func<T, double> selector) => Ask(1.0, Parts.PopulationVariance, selector);

    /// <summary>The sample standard deviation, the root of <see cref="Variance"/>.</summary>
    /// <param name="selector">The number of a record.</param>
    /// <returns>Not a number (NaN) for fewer than two records, or where a number is infinite or none.</returns>
    public double StandardDeviation(Func<T, double> selector) => Ask(1.0, Parts.StandardDeviation, selector);

    /// <summary>The sample covariance of two numbers.</summary>
    /// <param name="x">One number of a record.</param>
    /// <param name="y">The other.</param>
    /// <returns>Not a number (NaN) for fewer than two records, or where a number is infinite or none.</returns>
    /// <remarks>As exact as <see cref="Variance"/>. 64 bytes per key.</remarks>
    public double Covariance(Func<T, double> x, Func<T, double> y) => AskPair(1.0, Parts.Covariance, x, y);

    /// <summary>Pearson's correlation of two numbers, from -1 to 1.</summary>
    /// <param name="x">One number of a record.</param>
    /// <param name="y">The other.</param>
    /// <returns>
    /// Not a number (NaN) for fewer than two records, where one of the numbers does not vary, or where one is infinite
    /// or none.
    /// </returns>
    /// <remarks>As exact as <see cref="Variance"/>. 64 bytes per key.</remarks>
    public double Correlation(Func<T, double> x, Func<T, double> y) => AskPair(1.0, Parts.Correlation, x, y);

    /// <summary>The straight line with the least squared distance in <c>y</c>.</summary>
    /// <param name="x">Where a record lies, such as the seconds since some instant.</param>
    /// <param name="y">How high it lies.</param>
    /// <returns>
    /// Slope and intercept are not numbers (NaN) where fewer than two <c>x</c> differ, or where a number is infinite or
    /// none.
    /// </returns>
    /// <remarks>As exact as <see cref="Variance"/>. 64 bytes per key.</remarks>
    public LinearTrend LinearTrend(Func<T, double> x, Func<T, double> y) =>
        AskPair(new LinearTrend(1, 1, 1), Parts.LinearTrend, x, y);

    /// <summary>How many numbers lie in each bucket between boundaries.</summary>
    /// <param name="selector">The number of a record; one that is none (NaN) is an error.</param>
    /// <param name="boundaries">
    /// The boundaries <c>b0 &lt; b1 &lt; …</c>, at least one; for <c>n</c> of them there are <c>n + 1</c> buckets:
    /// below <c>b0</c>, from <c>b0</c> to just below <c>b1</c>, and so on, and from the last one up.
    /// </param>
    /// <returns>The counts, from the lowest bucket up.</returns>
    /// <exception cref="ArgumentException">There are no boundaries, or they do not rise.</exception>
    /// <remarks>Exact. Eight bytes per bucket and key.</remarks>
    public IReadOnlyList<long> Histogram(Func<T, double> selector, params double[] boundaries)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(boundaries);
        return Ask<IReadOnlyList<long>, (Func<T, double>, double[])>(
            _recording ? [.. Enumerable.Repeat(1L, boundaries.Length + 1)] : [],
            static a => Parts.Histogram(a.Item1, HistogramAggregator<T>.Checked(a.Item2)),
            (selector, boundaries));
    }

    /// <summary>A value of the record with the smallest <paramref name="by"/>, by that type's own order.</summary>
    /// <typeparam name="TBy">The type that is compared.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="by">What is compared.</param>
    /// <param name="select">The value of a record.</param>
    /// <remarks>
    /// Among equals the record with the smallest event time, and among those the one that arrived first.
    /// </remarks>
    public TValue ArgMin<TBy, TValue>(Func<T, TBy> by, Func<T, TValue> select)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(select);
        return Ask(default(TValue)!, static a => Parts.ArgMin(a.by, a.select), (by, select));
    }

    /// <summary>A value of the record with the largest <paramref name="by"/>, by that type's own order.</summary>
    /// <typeparam name="TBy">The type that is compared.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="by">What is compared.</param>
    /// <param name="select">The value of a record.</param>
    /// <remarks>
    /// Among equals the record with the smallest event time, and among those the one that arrived first.
    /// </remarks>
    public TValue ArgMax<TBy, TValue>(Func<T, TBy> by, Func<T, TValue> select)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(select);
        return Ask(default(TValue)!, static a => Parts.ArgMax(a.by, a.select), (by, select));
    }

    /// <summary>
    /// How many records there are, each of which loses half its weight with every half-life of event time.
    /// </summary>
    /// <param name="halfLife">The half-life; more than zero.</param>
    /// <returns>The weight as of the newest record of the window, which itself weighs one.</returns>
    /// <remarks>
    /// Forward decay after Cormode and others: the result does not depend on the order of the records but in the last
    /// digits. 48 bytes per key.
    /// </remarks>
    public double DecayedCount(TimeSpan halfLife) => DecayedSum(static _ => 1, halfLife);

    /// <summary>A sum whose terms lose half their weight with every half-life of event time.</summary>
    /// <param name="selector">The number of a record.</param>
    /// <param name="halfLife">The half-life; more than zero.</param>
    /// <returns>The sum as of the newest record of the window, which itself has its full weight.</returns>
    /// <remarks>As <see cref="DecayedCount"/>; dividing by it gives the decayed mean.</remarks>
    public double DecayedSum(Func<T, double> selector, TimeSpan halfLife)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, TimeSpan.Zero);
        return Ask(1.0, static a => Parts.DecayedSum(a.selector, a.halfLife.Ticks), (selector, halfLife));
    }

    private TOut AskPair<TOut>(
        TOut trial,
        Func<Func<T, double>, Func<T, double>, AggregatorPart<T, TOut>> part,
        Func<T, double> x,
        Func<T, double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Ask(trial, static a => a.part(a.x, a.y), (part, x, y));
    }
}
