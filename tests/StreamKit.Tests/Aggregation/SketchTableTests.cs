using System.Globalization;
using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

/// <summary>Measures what the page about sketches says in its table.</summary>
public class SketchTableTests(ITestOutputHelper output)
{
    [Fact]
    public void TheTableOfThePageIsWhatIsMeasured()
    {
        string page = File.ReadAllText(PathOfPage());
        string[] rows =
        [
            .. new[] { .01, .02, .04 }.Select(DistinctRow),
            .. new[] { "normal", "lognormal", "pareto", "mixed" }.Select(QuantileRow),
            .. new[] { 20, 100, 500 }.Select(HitterRow),
        ];
        foreach (string row in rows)
        {
            output.WriteLine(row);
        }

        Assert.All(rows, row => Assert.Contains(row, page, StringComparison.Ordinal));
    }

    private static string DistinctRow(double asked)
    {
        const int sets = 50;
        int bytes = 0;
        double[] errors = [.. Enumerable.Range(0, sets).Select(set =>
        {
            int distinct = 50_000 + (1_000 * set);
            var sketch = new HyperLogLog(HyperLogLog.PrecisionFor(asked));
            foreach (ulong hash in Samples.Hashes(set, distinct))
            {
                sketch.Add(hash);
            }

            bytes = Math.Max(bytes, sketch.Bytes);
            return (sketch.Estimate() - distinct) / distinct;
        })];
        double root = Math.Sqrt(errors.Average(error => error * error));
        return Row(
            $"`ApproxCountDistinct` {asked}",
            "50 sets of 50,000 to 99,000 values",
            Invariant($"root mean square {root * 100:F1} %, worst {errors.Max(Math.Abs) * 100:F1} %"),
            bytes);
    }

    private static string QuantileRow(string distribution)
    {
        double[] numbers = Samples.Numbers(distribution, 20_000, seed: 99);
        double[] sorted = Exact.Sorted(numbers);
        var sketch = new QuantileSketch(new(.01, 2048));
        foreach (double number in numbers)
        {
            sketch.Add(number);
        }

        double worst = Enumerable.Range(0, 1_001).Max(i =>
        {
            double expected = Exact.Quantile(sorted, i / 1_000.0);
            return Math.Abs(sketch.Quantile(i / 1_000.0) - expected) / Math.Abs(expected);
        });
        return Row(
            "`Quantile` 0.01",
            $"20,000 numbers, {distribution}",
            Invariant($"worst of 1,001 quantiles {worst * 100:F1} %"),
            sketch.Bytes);
    }

    private static string HitterRow(int capacity)
    {
        int[] values = Samples.Values("zipf", 200_000);
        var sketch = new FrequentValues<int>(capacity);
        foreach (int value in values)
        {
            sketch.Add(value);
        }

        IReadOnlyList<HeavyHitter<int>> best = sketch.Best();
        KeyValuePair<int, int>[] truth =
            [.. values.CountBy(value => value).OrderByDescending(pair => pair.Value).Take(10)];
        int found = truth.Zip(best).Count(pair => pair.First.Key == pair.Second.Value);
        double worst = truth.Max(pair =>
            best.Where(hitter => hitter.Value == pair.Key).Max(hitter => (double?)hitter.Count - pair.Value)
                ?? pair.Value);
        return Row(
            $"`HeavyHitters` {capacity}",
            "200,000 of 5,000 values by Zipf's law",
            Invariant(
                $"{found} of the first 10 in their place, counts at most {worst / values.Length:P2} of all too high"),
            sketch.Bytes);
    }

    private static string Row(string sketch, string input, string error, int bytes) =>
        Invariant($"| {sketch} | {input} | {error} | {bytes:N0} |");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal static string PathOfPage()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string page = Path.Combine(at.FullName, "docs", "explanation", "sketches.md");
            if (File.Exists(page))
            {
                return page;
            }
        }

        throw new FileNotFoundException("The page about sketches is not above the tests.");
    }
}
