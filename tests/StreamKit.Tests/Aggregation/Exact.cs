namespace StreamKit.Tests.Aggregation;

/// <summary>What sketches are compared with.</summary>
internal static class Exact
{
    /// <summary>The number of rank <c>floor(quantile * (count - 1))</c> of sorted numbers.</summary>
    public static double Quantile(double[] sorted, double quantile) => sorted[(long)(quantile * (sorted.Length - 1))];

    /// <summary>The same numbers, sorted.</summary>
    public static double[] Sorted(IEnumerable<double> numbers) => [.. numbers.Order()];
}
