using System.Globalization;
using StreamKit.Aggregation;
using StreamKit.Records;

namespace StreamKit.Tests.Aggregation;

/// <summary>
/// Measures sketches on recorded data: the promises hold, and the page about sketches says what was measured.
/// </summary>
public class RealSketchTableTests(ITestOutputHelper output)
{
    private const int Seeds = 100;

    // The standard error of 4,096 registers.
    private const double Deviation = .01623;

    [Theory]
    [InlineData("authors of 2013")]
    [InlineData("authors of 2019")]
    [InlineData("hashtags of 2013")]
    [InlineData("hosts of NASA")]
    [InlineData("clients of Apache")]
    [InlineData("paths of Apache")]
    public void DistinctValuesInFourKilobytes(string column)
    {
        string[] values = RealSamples.Values(column);
        string[] distinct = [.. values.Distinct(StringComparer.Ordinal)];
        HyperLogLog sketch = SketchOf(distinct, ValueHashes.For<string>());
        double error = ErrorOf(sketch, distinct.Length);

        // One column is one throw of the dice; other hashes throw again.
        double root = Math.Sqrt(Enumerable.Range(0, Seeds).Average(seed => Math.Pow(
            ErrorOf(SketchOf(distinct, text => Mixing.Hash(text, (ulong)seed)), distinct.Length), 2)));
        Assert.InRange(error, 0, 3 * Deviation);
        Assert.InRange(root, 0, .02);
        AssertOnPage(
            "`ApproxCountDistinct` 0.02",
            values.Length,
            column,
            string.Create(CultureInfo.InvariantCulture, $"{distinct.Length:N0}"),
            string.Create(CultureInfo.InvariantCulture, $"{error * 100:F2} %, of {Seeds} hashes {root * 100:F2} %"),
            sketch.Bytes);
    }

    [Theory]
    [InlineData("bytes of NASA")]
    [InlineData("bytes of Apache")]
    [InlineData("requests of a load balancer")]
    [InlineData("bytes written to a disk")]
    [InlineData("load of a database")]
    public void QuantilesWithinOnePercent(string column)
    {
        double[] numbers = RealSamples.Numbers(column);
        double[] sorted = Exact.Sorted(numbers);
        var sketch = new QuantileSketch(new(.01, 2048));
        Array.ForEach(numbers, sketch.Add);
        double worst = Enumerable.Range(0, 1_001).Max(i =>
        {
            double expected = Exact.Quantile(sorted, i / 1_000.0), found = sketch.Quantile(i / 1_000.0);
            return expected == found ? 0 : Math.Abs(found - expected) / Math.Abs(expected);
        });

        Assert.InRange(worst, 0, .01 + 1e-9);
        AssertOnPage("`Quantile` 0.01", numbers.Length, column, "-", Percent(worst), sketch.Bytes);
    }

    [Theory]
    [InlineData("hashtags of 2013")]
    [InlineData("hashtags of 2019")]
    [InlineData("hosts of NASA")]
    [InlineData("addresses of NASA")]
    [InlineData("clients of Apache")]
    [InlineData("events of OpenSSH")]
    public void FrequentValuesWithAHundredCounters(string column)
    {
        const int capacity = 100;
        string[] values = RealSamples.Values(column);
        Dictionary<string, int> truth = values.CountBy(static x => x, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var sketch = new FrequentValues<string>(capacity);
        Array.ForEach(values, value => sketch.Add(value));
        IReadOnlyList<HeavyHitter<string>> found = sketch.Best();
        string[] frequent = [.. truth.Where(p => p.Value > values.Length / (double)capacity).Select(static p => p.Key)];

        Assert.Subset(
            found.Select(static hitter => hitter.Value).ToHashSet(StringComparer.Ordinal),
            frequent.ToHashSet(StringComparer.Ordinal));
        Assert.All(found, hitter => Assert.InRange(truth[hitter.Value], hitter.Count - hitter.Error, hitter.Count));
        double worst = found.Where(hitter => frequent.Contains(hitter.Value, StringComparer.Ordinal))
            .Select(hitter => (hitter.Count - truth[hitter.Value]) / (double)values.Length).DefaultIfEmpty(0).Max();
        AssertOnPage(
            "`HeavyHitters` 100",
            values.Length,
            column,
            string.Create(CultureInfo.InvariantCulture, $"{truth.Count:N0}, {frequent.Length} above 1 %"),
            Percent(worst),
            sketch.Bytes);
    }

    private static HyperLogLog SketchOf(string[] values, Func<string, ulong> hash)
    {
        var sketch = new HyperLogLog(HyperLogLog.PrecisionFor(.02));
        Array.ForEach(values, value => sketch.Add(hash(value)));
        return sketch;
    }

    private static double ErrorOf(HyperLogLog sketch, int distinct) =>
        Math.Abs(sketch.Estimate() - distinct) / distinct;

    private static string Percent(double error) => string.Create(CultureInfo.InvariantCulture, $"{error * 100:F2} %");

    private void AssertOnPage(string sketch, int records, string column, string distinct, string error, int bytes)
    {
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {sketch} | {column} | {records:N0} | {distinct} | {error} | {bytes:N0} |");
        output.WriteLine(row);
        Assert.Contains(row, File.ReadAllText(SketchTableTests.PathOfPage()), StringComparison.Ordinal);
    }
}
