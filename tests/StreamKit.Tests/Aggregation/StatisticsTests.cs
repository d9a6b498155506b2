using System.Numerics;
using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

public class StatisticsTests
{
    private const double Unit = 1.0 / (1 << 20);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(1_000_000_000, 1)]
    [InlineData(1_000_000_000, 64)]
    [InlineData(-4_000_000_000, 1)]
    [InlineData(-4_000_000_000, 5)]
    public void VarianceIsExactToTwelveDigitsBesideAnyOffset(long offset, int parts)
    {
        var random = new Random(17);
        long[] units = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextInt64(-2_000_000, 2_000_000))];
        IEnumerable<double> numbers = units.Select(unit => offset + (unit * Unit));

        Close.Within(1e-12, ExactVariance(units), Aggregated.Over(numbers, a => a.Variance(x => x), parts));
        Close.Within(
            1e-12, Math.Sqrt(ExactVariance(units)), Aggregated.Over(numbers, a => a.StandardDeviation(x => x), parts));
    }

    [Fact]
    public void VarianceOfThousandthsBesideABillionKeepsNineDigits()
    {
        var random = new Random(3);
        long[] units = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextInt64(-1_000, 1_000))];
        double variance = Aggregated.Over(units.Select(unit => 1e9 + (unit * Unit)), a => a.Variance(x => x), parts: 9);

        Close.Within(1e-9, ExactVariance(units), variance);
    }

    [Fact]
    public void OneWildFirstNumberCostsNoMoreThanItMust()
    {
        long[] units = [0, .. Enumerable.Range(0, 1_000).Select(i => (1L << 50) + (i % 10))];
        double variance = Aggregated.Over(units.Select(unit => unit * Unit), a => a.Variance(x => x));

        Close.Within(1e-12, ExactVariance(units), variance);
    }

    [Fact]
    public void NumbersThatAreAllEqualDoNotVary()
    {
        IEnumerable<double> numbers = Enumerable.Repeat(.1, 1_000);

        Assert.Equal(0, Aggregated.Over(numbers, a => a.Variance(x => x), parts: 3));
        Assert.True(double.IsNaN(Aggregated.Over(numbers, a => a.Correlation(x => x, x => x))));
        Assert.True(double.IsNaN(Aggregated.Over(numbers, a => a.LinearTrend(x => x, x => x)).Slope));
        Assert.True(double.IsNaN(Aggregated.Over(numbers, a => a.LinearTrend(x => x, x => x)).Intercept));
    }

    [Fact]
    public void OneRecordHasNoSampleVariance()
    {
        Assert.True(double.IsNaN(Aggregated.Over([5.0], a => a.Variance(x => x))));
        Assert.True(double.IsNaN(Aggregated.Over([5.0], a => a.StandardDeviation(x => x))));
        Assert.True(double.IsNaN(Aggregated.Over([5.0], a => a.Covariance(x => x, x => x))));
        Assert.True(double.IsNaN(Aggregated.Over([5.0], a => a.Correlation(x => x, x => x))));
        Assert.True(double.IsNaN(Aggregated.Over([5.0], a => a.LinearTrend(x => x, x => x)).Slope));
        Assert.Equal(0, Aggregated.Over([5.0], a => a.PopulationVariance(x => x)));
    }

    [Fact]
    public void ANumberThatIsNoneMakesTheResultNone() =>
        Assert.True(double.IsNaN(Aggregated.Over([1.0, double.NaN, 2.0], a => a.Variance(x => x))));

    [Fact]
    public void PopulationVarianceDividesByTheNumberOfRecords()
    {
        double[] numbers = [2, 4, 4, 4, 5, 5, 7, 9];

        Assert.Equal(4, Aggregated.Over(numbers, a => a.PopulationVariance(x => x)), 12);
        Assert.Equal(32.0 / 7, Aggregated.Over(numbers, a => a.Variance(x => x)), 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public void ALineIsFoundFarFromTheOrigin(int parts)
    {
        // Seconds since 1970, as anybody would take them.
        IEnumerable<double> seconds = Enumerable.Range(0, 10_000).Select(i => 1.7e9 + (i * 60));
        LinearTrend trend = Aggregated.Over(seconds, a => a.LinearTrend(x => x, x => 40 - (.25 * (x - 1.7e9))), parts);

        Close.Within(1e-12, -.25, trend.Slope);
        Close.Within(1e-12, 40 + (.25 * 1.7e9), trend.Intercept);
        Assert.Equal(10_000, trend.Count);
    }

    [Fact]
    public void CorrelationTellsDirectionAndIgnoresScale()
    {
        var random = new Random(8);
        (double X, double Y)[] pairs =
            [.. Enumerable.Range(0, 5_000).Select(_ => (X: random.NextDouble(), Noise: random.NextDouble()))
                .Select(pair => (1e9 + pair.X, -3 * pair.X + pair.Noise))];
        double expected = PlainCorrelation([.. pairs.Select(pair => (pair.X - 1e9, pair.Y))]);

        Close.Within(1e-9, expected, Aggregated.Over(pairs, a => a.Correlation(p => p.X, p => p.Y), parts: 4));
        Close.Within(1e-9, -expected, Aggregated.Over(pairs, a => a.Correlation(p => p.X, p => -1e-6 * p.Y)));
        Assert.Equal(1, Aggregated.Over(pairs, a => a.Correlation(p => p.Y, p => 7 * p.Y)), 12);
    }

    [Fact]
    public void CovarianceOfANumberWithItselfIsItsVariance()
    {
        var random = new Random(4);
        double[] numbers = [.. Enumerable.Range(0, 1_000).Select(_ => random.NextDouble())];

        Close.Within(
            1e-12,
            Aggregated.Over(numbers, a => a.Variance(x => x)),
            Aggregated.Over(numbers, a => a.Covariance(x => x, x => x), parts: 3));
    }

    private static double PlainCorrelation((double X, double Y)[] pairs)
    {
        double meanX = pairs.Average(p => p.X), meanY = pairs.Average(p => p.Y);
        return pairs.Sum(p => (p.X - meanX) * (p.Y - meanY))
            / Math.Sqrt(pairs.Sum(p => Math.Pow(p.X - meanX, 2)) * pairs.Sum(p => Math.Pow(p.Y - meanY, 2)));
    }

    // In whole units, where nothing is rounded before the last division.
    private static double ExactVariance(long[] units)
    {
        BigInteger n = units.Length, sum = 0, squares = 0;
        foreach (long unit in units)
        {
            sum += unit;
            squares += (BigInteger)unit * unit;
        }

        return (double)((n * squares) - (sum * sum)) / (double)(n * (n - 1)) * Unit * Unit;
    }
}
