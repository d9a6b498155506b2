using FsCheck.Xunit;
using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

public class HeavyHittersTests(ITestOutputHelper output)
{
    public static TheoryData<string> Streams =>
        ["zipf", "uniform", "distinct", "frequent last", "sawtooth", "blocks", "one value"];

    [Theory]
    [MemberData(nameof(Streams))]
    public void TheBoundsAlwaysHold(string stream)
    {
        int[] values = Samples.Values(stream, 60_000);
        foreach (int capacity in (int[])[1, 10, 100])
        {
            foreach (int parts in (int[])[1, 2, 17])
            {
                AssertBounds(values, capacity, Aggregated.Over(values, a => a.HeavyHitters(x => x, capacity), parts));
            }
        }
    }

    // In blocks, as slices of a window are, where a value may be frequent in one and absent in the next.
    [Theory]
    [MemberData(nameof(Streams))]
    public void TheBoundsHoldForMergedBlocks(string stream)
    {
        int[] values = Samples.Values(stream, 60_000);
        var all = new FrequentValues<int>(50);
        foreach (int[] block in values.Chunk(1_777))
        {
            all.Merge(SketchOf(block, 50));
        }

        AssertBounds(values, 50, all.Best());
    }

    [Property(MaxTest = 300)]
    public void TheBoundsHoldForAnyNestingOfMerges(byte[] first, byte[] second, byte[] third, byte capacity)
    {
        int size = (capacity % 9) + 1;
        var left = SketchOf(first.Select(b => b % 16), size);
        left.Merge(SketchOf(second.Select(b => b % 16), size));
        left.Merge(SketchOf(third.Select(b => b % 16), size));
        var right = SketchOf(second.Select(b => b % 16), size);
        right.Merge(SketchOf(third.Select(b => b % 16), size));
        var outer = SketchOf(first.Select(b => b % 16), size);
        outer.Merge(right);

        int[] all = [.. first.Concat(second).Concat(third).Select(b => b % 16)];
        AssertBounds(all, size, left.Best());
        AssertBounds(all, size, outer.Best());

        // A merged summary goes on as one that was never merged.
        foreach (int value in all)
        {
            outer.Add(value);
        }

        AssertBounds([.. all, .. all], size, outer.Best());
    }

    [Property(MaxTest = 300)]
    public void MergingIsTheSameInBothDirections(byte[] first, byte[] second)
    {
        var one = SketchOf(first.Select(b => b % 32), 5);
        one.Merge(SketchOf(second.Select(b => b % 32), 5));
        var other = SketchOf(second.Select(b => b % 32), 5);
        other.Merge(SketchOf(first.Select(b => b % 32), 5));

        Assert.Equal(one.Best(), other.Best());
    }

    [Fact]
    public void TheMostFrequentWordsOfASkewedStreamAreExact()
    {
        int[] values = Samples.Values("zipf", 200_000);
        IReadOnlyList<HeavyHitter<int>> found = Aggregated.Over(values, a => a.HeavyHitters(x => x, 200), parts: 3);
        var exact = values.CountBy(x => x).OrderByDescending(pair => pair.Value).Take(10).ToArray();
        output.WriteLine(string.Join(' ', found.Take(10)));

        Assert.Equal(exact.Select(pair => pair.Key), found.Take(10).Select(hitter => hitter.Value));
        Assert.All(exact.Zip(found), pair => Close.Within(.01, pair.First.Value, pair.Second.Count));
    }

    [Fact]
    public void UpToTheCapacityAllIsExactAndTiesAreInOrdinalOrder()
    {
        string[] words = ["b", "a", "B", "ä", "c", "c", "z", "z"];

        Assert.Equal(
            [new("c", 2, 0), new("z", 2, 0), new("B", 1, 0), new("a", 1, 0), new("b", 1, 0), new("ä", 1, 0)],
            Aggregated.Over(words, a => a.HeavyHitters(x => x, 6), parts: 2));
    }

    [Fact]
    public void TheSameStreamGivesTheSameResult()
    {
        int[] values = Samples.Values("uniform", 30_000);

        Assert.Equal(SketchOf(values, 20).Best(), SketchOf(values, 20).Best());
    }

    [Fact]
    public void NullHasNoCounter() => Assert.Throws<ArgumentException>(
        () => Aggregated.Over([""], a => a.HeavyHitters<string>(_ => null!, 3)));

    private static void AssertBounds(int[] values, int capacity, IReadOnlyList<HeavyHitter<int>> found)
    {
        Dictionary<int, int> truth = values.CountBy(x => x).ToDictionary();
        Assert.Equal(Math.Min(capacity, truth.Count), found.Count);
        Assert.Equal(found.Count, found.Select(hitter => hitter.Value).Distinct().Count());
        double share = values.Length / (double)capacity;
        foreach (HeavyHitter<int> hitter in found)
        {
            int count = truth[hitter.Value];
            Assert.True(count <= hitter.Count, $"{hitter} came {count} times");
            Assert.True(hitter.Count - hitter.Error <= count, $"{hitter} came {count} times");
            Assert.True(hitter.Error <= share, $"{hitter} errs by more than {share}");
        }

        HashSet<int> listed = [.. found.Select(hitter => hitter.Value)];
        Assert.All(truth, pair => Assert.True(pair.Value <= share || listed.Contains(pair.Key), $"{pair} is missing"));
        Assert.Equal(found.OrderByDescending(h => h.Count).ThenBy(h => h.Error).ThenBy(h => h.Value), found);
    }

    private static FrequentValues<int> SketchOf(IEnumerable<int> values, int capacity)
    {
        var sketch = new FrequentValues<int>(capacity);
        foreach (int value in values)
        {
            sketch.Add(value);
        }

        return sketch;
    }
}
