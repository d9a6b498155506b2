using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

/// <summary>What is promised of sketches holds on streams of several shapes, also on those made to break it.</summary>
public class SketchGuaranteeTests(ITestOutputHelper output)
{
    private const int Sets = 80;

    // sqrt((3 ln 2 - 1) / 4096); of normal errors 78.2 % are below 2 %.
    private const double Deviation = .01623;
    private const double Share = .782;

    /// <summary>
    /// "At most 2 % at 4 KB" is a standard error. Three standard deviations of a binomial and of a root of squares are
    /// allowed for, so a right sketch fails once in some hundred times, and these seeds are fixed.
    /// </summary>
    [Theory]
    [InlineData("random")]
    [InlineData("sequential")]
    [InlineData("dates")]
    [InlineData("drawn by Zipf's law")]
    [InlineData("drawn with repeats")]
    public void FourKilobytesCountDistinctValuesWithinTwoPercent(string values)
    {
        int bytes = 0;
        double[] errors = [.. Enumerable.Range(0, Sets).Select(set =>
        {
            long[] stream = DistinctStream(values, set);
            var sketch = new HyperLogLog(HyperLogLog.PrecisionFor(.02));
            Func<long, ulong> hash = ValueHashes.For<long>();
            Array.ForEach(stream, value => sketch.Add(hash(value)));
            bytes = Math.Max(bytes, sketch.Bytes);
            double distinct = stream.Distinct().Count();
            return (sketch.Estimate() - distinct) / distinct;
        })];
        double root = Math.Sqrt(errors.Average(static error => error * error));
        int within = errors.Count(static error => Math.Abs(error) <= .02);
        output.WriteLine(
            $"{values}: {bytes} bytes, rms {root:P2}, worst {errors.Max(Math.Abs):P2}, {within}/{Sets} within 2 %");

        Assert.Equal(4_096, bytes);
        Assert.InRange(root, 0, .02);
        Assert.InRange(within, (int)((Share * Sets) - (3 * Math.Sqrt(Sets * Share * (1 - Share)))), Sets);
        Assert.InRange(errors.Count(static error => Math.Abs(error) <= 3 * Deviation), (int)(.97 * Sets), Sets);
    }

    [Fact]
    public void NeitherTheOrderNorRepeatsChangeACountOfDistinctValues()
    {
        long[] values = [.. Enumerable.Range(0, 20_000).Select(static i => i * 31L)];
        long[] shuffled = [.. values, .. values.Take(7_000), .. values.Take(300)];
        new Random(4).Shuffle(shuffled);
        long expected = Aggregated.Over(values, a => a.ApproxCountDistinct(static x => x, .02));

        Assert.Equal(expected, Aggregated.Over(shuffled, a => a.ApproxCountDistinct(static x => x, .02), parts: 5));
        Assert.Equal(expected, Aggregated.Over(values.Reverse(), a => a.ApproxCountDistinct(static x => x, .02)));
        Assert.Equal(
            expected,
            Aggregated.Over(values.SelectMany(static x => Enumerable.Repeat(x, 9)), a => a.ApproxCountDistinct(
                static x => x, .02)));
    }

    /// <summary>A bound and no probability, so no seed may break it.</summary>
    [Theory]
    [InlineData("uniform")]
    [InlineData("normal")]
    [InlineData("lognormal")]
    [InlineData("pareto")]
    [InlineData("integers")]
    public void EveryQuantileIsWithinOnePercentInTheWorstOrdersToo(string distribution)
    {
        double[] numbers = Samples.Numbers(distribution, 10_000, seed: 7);
        double[] sorted = Exact.Sorted(numbers);
        double[] fractions = [.. Enumerable.Range(0, 201).Select(static i => i / 200.0)];
        foreach ((string order, IEnumerable<double> stream) in new (string, IEnumerable<double>)[]
        {
            ("as it comes", numbers),
            ("ascending", sorted),
            ("descending", sorted.Reverse()),
            ("from outside in", sorted.Select((_, i) => i % 2 == 0 ? sorted[i / 2] : sorted[^((i / 2) + 1)])),
            ("each three times", numbers.SelectMany(static x => new[] { x, x, x })),
        })
        {
            IReadOnlyList<double> found = Aggregated.Over(stream, a => a.Quantiles(static x => x, fractions), parts: 3);
            double[] all = Exact.Sorted(stream);
            double worst = fractions.Select((fraction, i) =>
            {
                double expected = Exact.Quantile(all, fraction);
                return expected == found[i] ? 0 : Math.Abs(found[i] - expected) / Math.Abs(expected);
            }).Max();
            Assert.True(worst <= .01 + 1e-9, $"{distribution} {order}: {worst:P4}");
        }
    }

    /// <summary>No value above records / capacity is missed, by whatever the others do.</summary>
    [Theory]
    [InlineData("frequent first")]
    [InlineData("frequent spread thin")]
    [InlineData("just above the share")]
    [InlineData("pairs against each other")]
    public void NoFrequentValueIsMissedInStreamsMadeToHideIt(string stream)
    {
        const int capacity = 20;
        int[] values = [.. Hiding(stream, capacity)];
        double share = values.Length / (double)capacity;
        var truth = values.CountBy(static x => x).ToDictionary();
        foreach (int parts in (int[])[1, 3, 16])
        {
            IReadOnlyList<HeavyHitter<int>> found =
                Aggregated.Over(values, a => a.HeavyHitters(static x => x, capacity), parts);
            Assert.All(found, hitter => Assert.InRange(truth[hitter.Value], hitter.Count - hitter.Error, hitter.Count));
            Assert.All(found, hitter => Assert.InRange(hitter.Error, 0, share));
            int[] frequent = [.. truth.Where(pair => pair.Value > share).Select(static pair => pair.Key)];
            Assert.NotEmpty(frequent);
            Assert.Subset(found.Select(static hitter => hitter.Value).ToHashSet(), frequent.ToHashSet());
        }
    }

    private static long[] DistinctStream(string values, int set)
    {
        var random = new Random(set);
        return values switch
        {
            "random" => [.. Enumerable.Range(0, 20_000 + (100 * set)).Select(_ => random.NextInt64())],
            "sequential" => [.. Enumerable.Range(0, 20_000 + (100 * set)).Select(i => (set * 1_000_000L) + i)],
            "dates" =>
                [.. Enumerable.Range(0, 20_000).Select(i => DateTime.UnixEpoch.AddMinutes((set * 30_000) + i).Ticks)],
            "drawn by Zipf's law" =>
                [.. Enumerable.Range(0, 30_000).Select(_ => set + (1_000L * (long)Math.Pow(1e5, random.NextDouble())))],
            "drawn with repeats" =>
                [.. Enumerable.Range(0, 60_000).Select(_ => (set * 200_000L) + (7 * random.Next(15_000)))],
            _ => throw new ArgumentException(values),
        };
    }

    private static IEnumerable<int> Hiding(string stream, int capacity)
    {
        const int length = 40_000;
        int most = (length / capacity) + 1;
        var random = new Random(12);
        return stream switch
        {
            "frequent first" => Enumerable.Repeat(-1, most).Concat(Enumerable.Range(0, length - most)),
            "frequent spread thin" => Enumerable.Range(0, length).Select(i => i % (capacity - 1) == 0 ? -1 : i),
            "just above the share" => Enumerable.Range(0, capacity - 1)
                .SelectMany(v => Enumerable.Repeat(-1 - v, most))
                .Concat(Enumerable.Range(0, length - ((capacity - 1) * most))).OrderBy(_ => random.Next()),
            "pairs against each other" =>
                Enumerable.Range(0, length).Select(i => i % 10 == 0 ? -1 : (i % 10) + (10 * (i / 20))),
            _ => throw new ArgumentException(stream),
        };
    }
}
