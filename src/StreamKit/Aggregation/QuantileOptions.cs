namespace StreamKit.Aggregation;

/// <summary>How exact a sketch of quantiles is, and how large it may become.</summary>
internal sealed class QuantileOptions
{
    public const double DefaultRelativeError = .01;
    public const int DefaultMaxBins = 2048;

    /// <exception cref="ArgumentOutOfRangeException">A sketch cannot be so exact, or so small.</exception>
    public QuantileOptions(double relativeError, int maxBins)
    {
        if (!(relativeError is >= .0001 and <= .5))
        {
            throw new ArgumentOutOfRangeException(
                nameof(relativeError), relativeError, "The relative error lies between 0.0001 and 0.5.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maxBins, 16);
        RelativeError = relativeError;
        Buckets = new LogarithmicBuckets(relativeError);
        MaxBins = maxBins;
    }

    public double RelativeError { get; }

    public LogarithmicBuckets Buckets { get; }

    public int MaxBins { get; }

    /// <exception cref="ArgumentOutOfRangeException">The quantile is not one.</exception>
    public static double Checked(double quantile) => quantile is >= 0 and <= 1
        ? quantile
        : throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile lies between 0 and 1.");

    /// <exception cref="ArgumentException">There are no quantiles, or some are not.</exception>
    public static double[] Checked(IReadOnlyList<double> quantiles)
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        return quantiles.Count == 0
            ? throw new ArgumentException("Name at least one quantile.", nameof(quantiles))
            : [.. quantiles.Select(Checked)];
    }
}
