using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Tests.Aggregation;

/// <summary>Which aggregates subtract what leaves a window, and which must not.</summary>
public class SlidingFormTests
{
    [Fact]
    public void OnlyWhatIsExactSubtracts()
    {
        Assert.Equal(SlidingForm.Subtracted, FormOf(Parts.Count<int>()));
        Assert.Equal(SlidingForm.Subtracted, FormOf(Parts.Sum<int>(static n => (long)n)));
        Assert.Equal(SlidingForm.TwoStacks, FormOf(Parts.Sum<int>(static n => (decimal)n)));
        Assert.Equal(SlidingForm.TwoStacks, FormOf(Parts.Sum<int>(static n => (double)n)));
        Assert.Equal(SlidingForm.TwoStacks, FormOf(Parts.Average<int>(static n => (decimal)n)));
        Assert.Equal(SlidingForm.TwoStacks, FormOf(Parts.Max<int, int>(static n => n)));
        Assert.Equal(SlidingForm.TwoStacks, FormOf(Parts.Last<int, int>(static n => n)));
    }

    [Fact]
    public void WhatGrowsWithEveryRecordIsMergedAnew()
    {
        Assert.Equal(SlidingForm.Recomputed, FormOf(Parts.List<int, int>(static n => n, 10)));
        Assert.Equal(SlidingForm.Recomputed, FormOf(Parts.CountDistinct<int, int>(static n => n, 10)));
    }

    [Fact]
    public void SeveralInOnePassGoTheWayThatSuitsAll()
    {
        Assert.Equal(
            SlidingForm.Subtracted, FormOf(Composition.Of<int, long>(static a => a.Count() + a.Sum(n => (long)n))));
        Assert.Equal(
            SlidingForm.TwoStacks, FormOf(Composition.Of<int, double>(static a => a.Count() + a.Average(n => n))));
        Assert.Equal(
            SlidingForm.Recomputed,
            FormOf(Composition.Of<int, int>(static a => a.Max(n => n) + a.ToList(n => n).Count)));
    }

    [Fact]
    public async Task AnAggregatorOfOnesOwnForgetsWhereItCan()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var product = new Product();
        List<WindowResult<Unit, int>> results = await ((int[])[3, 5, 1, 2, 4]).ToDataStream()
            .WindowAll(CountWindows.Sliding(size: 3, every: 1)).Aggregate(product)
            .ReadAllAsync(token).ToListAsync(token);

        Assert.Equal([15, 10, 8], results.Select(static w => w.Value));
        Assert.Equal(2, product.Removed);
    }

    private static SlidingForm FormOf<TOut>(AggregatorPart<int, TOut> part) => part.Accept(new Form<TOut>());

    private sealed class Form<TOut> : IAggregatorVisitor<int, TOut, SlidingForm>
    {
        public SlidingForm Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<int, TAcc, TOut> => aggregator.SlidingForm;
    }

    private sealed class Product : IInvertibleAggregator<int, int, int>
    {
        public int Removed { get; private set; }

        public int Create() => 1;

        public void Add(ref int accumulator, in int record) => accumulator *= record;

        public void Merge(ref int into, in int from) => into *= from;

        public void Remove(ref int from, in int other)
        {
            Removed++;
            from /= other;
        }

        public int Result(in int accumulator) => accumulator;
    }
}
