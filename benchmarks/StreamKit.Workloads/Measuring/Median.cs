namespace StreamKit.Workloads.Measuring;

/// <summary>The middle of some numbers: one run that the machine disturbed does not move it.</summary>
internal static class Median
{
    /// <summary>The middle number, or the mean of the two middle ones.</summary>
    /// <exception cref="ArgumentException">There are no numbers.</exception>
    public static double Of(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        if (sorted.Length == 0)
        {
            throw new ArgumentException("the median of no numbers", nameof(numbers));
        }

        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
