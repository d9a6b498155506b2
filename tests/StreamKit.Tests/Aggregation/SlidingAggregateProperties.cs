using FsCheck.Xunit;
using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

/// <summary>The total of a sliding row is that of its parts, whatever was done to the row before.</summary>
[Properties(MaxTest = 200)]
public class SlidingAggregateProperties
{
    [Property]
    public void TwoStacksKeepTheOrder(int seed) => IsTheTotalOfItsParts(seed, SlidingForm.TwoStacks, failing: false);

    [Property]
    public void EverythingMergedAgainKeepsTheOrder(int seed) =>
        IsTheTotalOfItsParts(seed, SlidingForm.Recomputed, failing: false);

    [Property]
    public void WhatLeavesIsSubtracted(int seed) => IsTheTotalOfItsParts(seed, SlidingForm.Subtracted, failing: false);

    [Property]
    public void AMergeThatFailsCanBeTriedAgain(int seed)
    {
        IsTheTotalOfItsParts(seed, SlidingForm.TwoStacks, failing: true);
        IsTheTotalOfItsParts(seed, SlidingForm.Recomputed, failing: true);
        IsTheTotalOfItsParts(seed, SlidingForm.Subtracted, failing: true);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(1_000, true)]
    [InlineData(10, false)]
    [InlineData(1_000, false)]
    public void APartIsMergedAConstantNumberOfTimes(int length, bool subtracts)
    {
        const int Parts = 20_000;
        var words = new Words();
        var row = new SlidingAggregate<string, WordMonoid>(
            new(words), subtracts ? SlidingForm.Subtracted : SlidingForm.TwoStacks);
        words.KeepsNothing = true;
        for (int i = 0; i < Parts; i++)
        {
            row.RemoveBefore(i - length + 1);
            row.Add(i, "x");
            row.Total();
        }

        Assert.Equal(length, row.Count);
        Assert.InRange(words.Merges, Parts, subtracts ? 2 * Parts : 6 * Parts);
    }

    [Fact]
    public void NothingIsKeptOfWhatLeft()
    {
        var row = new SlidingAggregate<string, WordMonoid>(new(new Words()), SlidingForm.TwoStacks);
        WeakReference part = AddAndForget(row);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(part.IsAlive);
        Assert.True(row.IsEmpty);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference AddAndForget(SlidingAggregate<string, WordMonoid> row)
    {
        string part = new('x', 1_000);
        row.Add(1, part);
        row.Add(2, "y");
        row.Total();
        row.RemoveBefore(3);
        return new WeakReference(part);
    }

    private static void IsTheTotalOfItsParts(int seed, SlidingForm form, bool failing)
    {
        var random = new Random(seed);
        var words = new Words();
        var row = new SlidingAggregate<string, WordMonoid>(new(words), form);
        List<(long Time, string Text)> expected = [];
        long newest = random.Next(-50, 50), oldest = newest;
        for (int step = 0; step < 120; step++)
        {
            words.FailsAfter = failing && random.Next(4) == 0 ? random.Next(6) : null;
            switch (random.Next(10))
            {
                case < 5:
                    newest += random.Next(3);
                    Add(row, words, expected, newest, $"{step};");
                    break;
                case 5:
                    Add(row, words, expected, random.NextInt64(oldest, newest + 1), $"{step};");
                    break;
                case 6:
                    oldest = Math.Min(newest + 1, oldest + random.Next(random.Next(2) == 0 ? 4 : 30));
                    row.RemoveBefore(oldest);
                    expected.RemoveAll(part => part.Time < oldest);
                    break;
                default:
                    AssertTotal(row, words, expected);
                    break;
            }

            Assert.Equal(expected.Select(static part => part.Time).Distinct().Count(), row.Count);
        }
    }

    private static void Add(
        SlidingAggregate<string, WordMonoid> row,
        Words words,
        List<(long Time, string Text)> expected,
        long time,
        string text)
    {
        bool isNew = expected.TrueForAll(part => part.Time != time);
        try
        {
            Assert.Equal(isNew, row.Add(time, text));
            expected.Add((time, text));
        }
        catch (InvalidOperationException)
        {
            Assert.False(isNew, "only merging can fail");
        }

        words.FailsAfter = null;
    }

    private static void AssertTotal(
        SlidingAggregate<string, WordMonoid> row, Words words, List<(long Time, string Text)> expected)
    {
        if (expected.Count == 0)
        {
            Assert.True(row.IsEmpty);
            return;
        }

        string whole = string.Concat(expected.OrderBy(static part => part.Time).Select(static part => part.Text));
        try
        {
            Assert.Equal(whole, row.Total());
        }
        catch (InvalidOperationException)
        {
            words.FailsAfter = null;
            Assert.Equal(whole, row.Total());
        }
    }
}
