using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

public class ApproxCountDistinctTests(ITestOutputHelper output)
{
    // sqrt((3 ln 2 - 1) / registers): .01 gives 2^14 registers, .02 gives 2^12.
    private const double DeviationOf16Kilobytes = .00812;
    private const double DeviationOf4Kilobytes = .01623;

    [Theory]
    [InlineData(.01, DeviationOf16Kilobytes, 16_384)]
    [InlineData(.02, DeviationOf4Kilobytes, 4_096)]
    public void TheErrorsOfManySetsAreWhatTheTheorySays(double asked, double deviation, int bytes)
    {
        const int sets = 240;
        int largest = 0;
        double[] errors = new double[sets];
        for (int i = 0; i < sets; i++)
        {
            long distinct = (long)Math.Round(10 * Math.Pow(1e5, i / (sets - 1.0)));
            HyperLogLog sketch = SketchOf(asked, Samples.Hashes(seed: 1_000 + i, distinct));
            errors[i] = (sketch.Estimate() - distinct) / distinct;
            largest = Math.Max(largest, sketch.Bytes);
        }

        double mean = errors.Average();
        double root = Math.Sqrt(errors.Average(error => error * error));
        int within = errors.Count(error => Math.Abs(error) <= 3 * deviation);
        output.WriteLine(
            $"asked {asked}: mean {mean:P3}, rms {root:P3}, worst {errors.Max(Math.Abs):P3}, "
            + $"within three deviations {within}/{sets}");
        Assert.Equal(bytes, largest);
        Assert.True(within >= .99 * sets, $"{within} of {sets} within three deviations");
        Assert.True(Math.Abs(mean) <= 3 * deviation / Math.Sqrt(sets), $"the mean error is {mean:P3}");
        Assert.True(root <= asked, $"the root of the mean square error is {root:P3}");
    }

    [Fact]
    public void LargeSetsAreAsExactAsAskedFor()
    {
        const int sets = 60;
        double[] errors = [.. Enumerable.Range(0, sets).Select(i =>
        {
            const long distinct = 200_000;
            return (SketchOf(.01, Samples.Hashes(seed: 7 + i, distinct)).Estimate() - distinct) / distinct;
        })];
        double root = Math.Sqrt(errors.Average(error => error * error));
        output.WriteLine(
            $"200,000 distinct: mean {errors.Average():P3}, rms {root:P3}, worst {errors.Max(Math.Abs):P3}");

        // The standard error of the root over 60 sets is 9 %, so this is three of them.
        Assert.InRange(root, .73 * DeviationOf16Kilobytes, 1.27 * DeviationOf16Kilobytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(4_000)]
    public void FewValuesAreCountedExactly(int distinct)
    {
        IEnumerable<int> thrice = Enumerable.Range(0, distinct * 3).Select(i => i % distinct);

        Assert.Equal(distinct, Aggregated.Over(thrice, a => a.ApproxCountDistinct(x => x), parts: 3));
    }

    [Fact]
    public void WhileTheListLastsTheErrorIsBelowATenThousandth()
    {
        const int sets = 200, distinct = 4_000;
        double[] errors = [.. Enumerable.Range(0, sets)
            .Select(set => (SketchOf(.01, Samples.Hashes(set, distinct)).Estimate() - distinct) / distinct)];
        double root = Math.Sqrt(errors.Average(error => error * error));
        output.WriteLine($"4,000 distinct: rms {root:P4}, worst {errors.Max(Math.Abs):P4}");

        Assert.InRange(root, 0, .0001);
    }

    // Values that follow each other are what a weak hash lays out too evenly, or too unevenly.
    [Theory]
    [InlineData(1L)]
    [InlineData(3L)]
    [InlineData(1L << 20)]
    [InlineData(1L << 40)]
    [InlineData(10_000_000L)]
    public void ValuesAtEqualDistancesAreNoHarderThanRandomOnes(long step)
    {
        const int sets = 40, distinct = 50_000;
        double[] errors = [.. Enumerable.Range(0, sets).Select(set =>
            (Aggregated.Over(
                Enumerable.Range(0, distinct).Select(i => unchecked(((long)set * distinct * step) + (i * step))),
                a => a.ApproxCountDistinct(x => x)) - distinct) / (double)distinct)];
        double root = Math.Sqrt(errors.Average(error => error * error));

        // Too small an error would also say that the hash is not like chance.
        Assert.InRange(root, .66 * DeviationOf16Kilobytes, 1.34 * DeviationOf16Kilobytes);
        double ofMean = DeviationOf16Kilobytes / Math.Sqrt(sets);
        Assert.InRange(errors.Average(), -3 * ofMean, 3 * ofMean);
    }

    [Theory]
    [InlineData("user{0}")]
    [InlineData("{0}")]
    [InlineData("a rather long prefix of a path/{0}/and what follows it")]
    public void NumberedWordsAreNoHarderThanRandomOnes(string form)
    {
        const int distinct = 100_000;
        IEnumerable<string> words = Enumerable.Range(0, distinct)
            .Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i));
        double error = (Aggregated.Over(words, a => a.ApproxCountDistinct(x => x)) - distinct) / (double)distinct;

        Assert.InRange(error, -3 * DeviationOf16Kilobytes, 3 * DeviationOf16Kilobytes);
    }

    [Fact]
    public void TheSketchIsTheSameSetHoweverItWasMade()
    {
        ulong[] hashes = [.. Samples.Hashes(seed: 5, 20_000)];
        HyperLogLog whole = SketchOf(.05, hashes);
        HyperLogLog joined = SketchOf(.05, []);
        foreach (ulong[] part in hashes.Chunk(30))
        {
            joined.Merge(SketchOf(.05, part));
        }

        joined.Merge(SketchOf(.05, hashes[..5_000]));
        Assert.Equal(whole.Estimate(), joined.Estimate());
        Assert.Equal(whole.Bytes, joined.Bytes);
    }

    // A hash whose first bits after the register's number are all zero has a rank that reaches into what the list
    // stores apart, and of several in one place the highest rank counts; whether they came while the sketch was a list
    // or after.
    [Theory]
    [InlineData(.25)]
    [InlineData(.05)]
    [InlineData(.01)]
    public void RareHashesCountTheSameBeforeAndAfterTheListBecameRegisters(double relativeError)
    {
        ulong[] rare =
        [
            .. from place in Enumerable.Range(0, 16)
               from rank in (int[])[0, 5, 20, 36, 37]
               select ((ulong)place << 60) | (1UL << rank),
        ];
        ulong[] common = [.. Samples.Hashes(seed: 11, 6_000)];

        Assert.Equal(
            SketchOf(relativeError, [.. common, .. rare]).Estimate(),
            SketchOf(relativeError, [.. rare, .. common]).Estimate());
        Assert.Equal(
            SketchOf(relativeError, [.. common[..3_000], .. rare, .. common]).Estimate(),
            SketchOf(relativeError, [.. rare.Reverse(), .. common]).Estimate());

        HyperLogLog joined = SketchOf(relativeError, rare.Where((_, i) => i % 2 == 1));
        joined.Merge(SketchOf(relativeError, rare.Where((_, i) => i % 2 == 0)));
        joined.Merge(SketchOf(relativeError, common));
        Assert.Equal(SketchOf(relativeError, [.. common, .. rare]).Estimate(), joined.Estimate());
    }

    [Fact]
    public void ASmallSetTakesFourBytesAValue()
    {
        HyperLogLog sketch = SketchOf(.01, Samples.Hashes(seed: 2, 64));

        Assert.Equal(64 * sizeof(uint), sketch.Bytes);
        Assert.Equal(64, Math.Round(sketch.Estimate()));
    }

    [Theory]
    [InlineData(.25, 32)]
    [InlineData(.04, 1_024)]
    [InlineData(.02, 4_096)]
    [InlineData(.01, 16_384)]
    [InlineData(.0025, 262_144)]
    public void MemoryIsBoundedByTheErrorAskedFor(double relativeError, int bytes) =>
        Assert.Equal(bytes, SketchOf(relativeError, Samples.Hashes(seed: 1, 100_000)).Bytes);

    // Registers of 64-bit hashes are never full in practice, so ones that count to 8 only take their place.
    [Theory]
    [InlineData(40_000)]
    [InlineData(130_000)]
    [InlineData(400_000)]
    public void RegistersThatCanRiseNoFurtherAreAllowedFor(int distinct)
    {
        const int registers = 1_024, largestRank = 8, sets = 40;
        double[] errors = [.. Enumerable.Range(0, sets).Select(set =>
        {
            int[] ranks = new int[registers];
            foreach (ulong hash in Samples.Hashes(set, distinct))
            {
                int rank = Math.Min(1 + System.Numerics.BitOperations.LeadingZeroCount(hash << 10), largestRank);
                ranks[hash >> 54] = Math.Max(ranks[hash >> 54], rank);
            }

            int[] byRank = new int[largestRank + 1];
            Array.ForEach(ranks, rank => byRank[rank]++);
            return (CardinalityEstimates.FromRanks(byRank, registers) - distinct) / distinct;
        })];
        double root = Math.Sqrt(errors.Average(error => error * error));

        Assert.InRange(Math.Abs(errors.Average()), 0, 3 * root / Math.Sqrt(sets));
        Assert.InRange(root, 0, .1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.001)]
    [InlineData(.3)]
    [InlineData(double.NaN)]
    public void AnErrorThatNoSketchHasIsRefused(double relativeError) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HyperLogLog.PrecisionFor(relativeError));

    private static HyperLogLog SketchOf(double relativeError, IEnumerable<ulong> hashes)
    {
        var sketch = new HyperLogLog(HyperLogLog.PrecisionFor(relativeError));
        foreach (ulong hash in hashes)
        {
            sketch.Add(hash);
        }

        return sketch;
    }
}
