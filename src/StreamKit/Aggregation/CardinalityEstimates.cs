namespace StreamKit.Aggregation;

/// <summary>Estimates how many distinct values were thrown into registers.</summary>
internal static class CardinalityEstimates
{
    private static readonly double AlphaInfinity = 1 / (2 * Math.Log(2));

    /// <summary>Estimates from how many of many places were hit at all.</summary>
    /// <remarks>
    /// K.-Y. Whang, B. T. Vander-Zanden, H. M. Taylor, "A Linear-Time Probabilistic Counting Algorithm for Database
    /// Applications", ACM TODS 15 (1990).
    /// </remarks>
    public static double FromHits(double hits, double places) => -places * Math.Log(1 - (hits / places));

    /// <summary>Estimates from how many registers hold each rank.</summary>
    /// <param name="registersByRank">
    /// For each rank from 0 (never hit) to the largest possible, how many registers hold it.
    /// </param>
    /// <param name="registers">How many registers there are.</param>
    /// <remarks>
    /// The improved raw estimator of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches",
    /// arXiv:1702.01284 (2017): without bias from the first value to the last, and without tables.
    /// </remarks>
    public static double FromRanks(ReadOnlySpan<int> registersByRank, int registers)
    {
        double m = registers;
        double z = m * Tau(1 - (registersByRank[^1] / m));
        for (int rank = registersByRank.Length - 2; rank >= 1; rank--)
        {
            z = (z + registersByRank[rank]) / 2;
        }

        z += m * Sigma(registersByRank[0] / m);
        return AlphaInfinity * m * m / z;
    }

    // x + sum over k >= 1 of x^(2^k) 2^(k-1): corrects for registers that were never hit.
    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        double sum = x, before, factor = 1;
        do
        {
            x *= x;
            before = sum;
            sum += x * factor;
            factor += factor;
        }
        while (sum != before);

        return sum;
    }

    // (1 - x - sum over k >= 1 of (1 - x^(2^-k))^2 2^-k) / 3: corrects for registers that can rise no further.
    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double sum = 1 - x, before, factor = 1;
        do
        {
            x = Math.Sqrt(x);
            before = sum;
            factor /= 2;
            sum -= (1 - x) * (1 - x) * factor;
        }
        while (sum != before);

        return sum / 3;
    }
}
