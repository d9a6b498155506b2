using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

public class QuantileTests(ITestOutputHelper output)
{
    private static readonly double[] Fractions = [.. Enumerable.Range(0, 1_001).Select(i => i / 1_000.0)];

    // The bound is of real numbers; logarithm and exponential round in the last digits.
    private const double Rounding = 1e-9;

    public static TheoryData<string> Distributions =>
    [
        "uniform", "normal", "lognormal", "pareto", "exponential", "constant", "negative", "mixed", "integers", "zeros",
        "tiny", "huge",
    ];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void EveryQuantileIsWithinTheRelativeError(string distribution)
    {
        foreach (double relativeError in (double[])[.01, .05])
        {
            double[] numbers = Samples.Numbers(distribution, 20_000, seed: 99);
            double[] sorted = Exact.Sorted(numbers);
            QuantileSketch sketch = SketchOf(numbers, relativeError);
            double worst = 0;
            foreach (double fraction in Fractions)
            {
                double expected = Exact.Quantile(sorted, fraction), found = sketch.Quantile(fraction);
                double error = expected == found ? 0 : Math.Abs(found - expected) / Math.Abs(expected);
                worst = Math.Max(worst, error);
            }

            output.WriteLine($"{distribution}, asked {relativeError}: worst {worst:P3}, {sketch.Bytes} bytes");
            Assert.True(worst <= relativeError + Rounding, $"{distribution}: {worst:P4}");
            Assert.Equal(sorted[0], sketch.Quantile(0));
            Assert.Equal(sorted[^1], sketch.Quantile(1));
        }
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void MergedPartsAreTheWhole(string distribution)
    {
        double[] numbers = Samples.Numbers(distribution, 5_000, seed: 5);
        QuantileSketch whole = SketchOf(numbers);
        var joined = new QuantileSketch(new(.01, 2048));
        foreach (double[] part in numbers.Chunk(61).Concat(Array.Empty<double>().Chunk(1)))
        {
            joined.Merge(SketchOf(part));
        }

        Assert.Equal(whole.Count, joined.Count);
        Assert.All(Fractions, fraction => Assert.Equal(whole.Quantile(fraction), joined.Quantile(fraction)));
    }

    [Fact]
    public void FewRecordsAreExact()
    {
        double[] numbers = [.. Enumerable.Range(0, 32).Select(i => Math.Sin(i) * 1e3)];
        double[] sorted = Exact.Sorted(numbers);

        Assert.All(Fractions, fraction =>
            Assert.Equal(
                Exact.Quantile(sorted, fraction),
                Aggregated.Over(numbers, a => a.Quantile(x => x, fraction), parts: 3)));
    }

    [Fact]
    public void TheMedianOfAnEvenNumberIsTheLowerOfTheTwoInTheMiddle() =>
        Assert.Equal(2, Aggregated.Over([4.0, 1, 3, 2], a => a.Median(x => x)));

    [Fact]
    public void OneRecordIsEveryQuantile() =>
        Assert.Equal([7.5, 7.5, 7.5], Aggregated.Over([7.5], a => a.Quantiles(x => x, 0, .5, 1)));

    [Fact]
    public void TheEndsAreExact()
    {
        double[] numbers = Samples.Numbers("mixed", 10_000, seed: 4);

        Assert.Equal(
            [numbers.Min(), numbers.Max()], Aggregated.Over(numbers, a => a.Quantiles(x => x, 0, 1), parts: 4));
    }

    [Fact]
    public void MemoryIsBoundedAndTheLargestNumbersKeepTheirBoundWhenTheSpanIsTooWide()
    {
        var random = new Random(31);
        double[] numbers = [.. Enumerable.Range(0, 50_000).Select(_ => Math.Pow(10, (random.NextDouble() * 60) - 30))];
        double[] sorted = Exact.Sorted(numbers);
        QuantileSketch sketch = SketchOf(numbers);

        // 2,048 buckets span a factor of exp(2 * .01 * 2048), a little less than 10^18; the numbers span 10^60.
        Assert.Equal(2048 * sizeof(long), sketch.Bytes);
        foreach (double fraction in Fractions.Where(fraction => Exact.Quantile(sorted, fraction) > sorted[^1] / 1e17))
        {
            double expected = Exact.Quantile(sorted, fraction);
            Close.Within(.01 + Rounding, expected, sketch.Quantile(fraction));
        }

        Assert.True(
            sketch.Quantile(.1) > 100 * Exact.Quantile(sorted, .1),
            "the least numbers share one bucket, and are overrated");
    }

    [Fact]
    public void BothSignsTakeMemoryEach()
    {
        double[] powers = [.. Enumerable.Range(0, 700).Select(i => Math.Pow(10, (i / 10.0) - 35))];
        QuantileSketch sketch = SketchOf([.. powers, .. powers.Select(x => -x)]);

        Assert.Equal(2 * 2048 * sizeof(long), sketch.Bytes);
        Assert.Equal(-powers[^1], sketch.Quantile(0));
        Assert.Equal(powers[^1], sketch.Quantile(1));
    }

    [Fact]
    public void WhatIsNotFiniteIsAnErrorAndLeavesNoTrace()
    {
        QuantileSketch sketch = SketchOf([1, 2, 3]);

        Assert.Throws<ArgumentException>(() => sketch.Add(double.NaN));
        Assert.Throws<ArgumentException>(() => sketch.Add(double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => sketch.Add(double.NegativeInfinity));
        Assert.Equal(3, sketch.Count);
        Assert.Equal(3, sketch.Quantile(1));
    }

    [Theory]
    [InlineData(-.1, .01, 2048)]
    [InlineData(1.1, .01, 2048)]
    [InlineData(double.NaN, .01, 2048)]
    [InlineData(.5, 0, 2048)]
    [InlineData(.5, .6, 2048)]
    [InlineData(.5, .01, 15)]
    public void WhatNoSketchCanDoIsRefusedAtTheCall(double quantile, double relativeError, int maxBins) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Streams.Windowed([1.0]).Quantile(x => x, quantile, relativeError, maxBins));

    private static QuantileSketch SketchOf(IEnumerable<double> numbers, double relativeError = .01)
    {
        var sketch = new QuantileSketch(new(relativeError, 2048));
        foreach (double number in numbers)
        {
            sketch.Add(number);
        }

        return sketch;
    }
}
