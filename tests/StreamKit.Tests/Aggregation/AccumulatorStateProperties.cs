using FsCheck.Xunit;
using StreamKit.Aggregation;
using Unit = StreamKit.Records.Unit;

namespace StreamKit.Tests.Aggregation;

/// <summary>Every aggregate survives being written and read, and reports what is damaged.</summary>
[Properties(Arbitrary = [typeof(AggregateArbitraries)], MaxTest = 100)]
public class AccumulatorStateProperties
{
    [Property]
    public void CountsAndSumsGoOn(AggregateCase parts, int seed)
    {
        Check(parts, seed, a => a.Count());
        Check(parts, seed, a => a.Sum(r => r.Ticks));
        Check(parts, seed, a => a.Sum(r => r.X));
        Check(parts, seed, a => a.Sum(r => (decimal)r.Ticks / 7));
        Check(parts, seed, a => a.Average(r => r.X));
        Check(parts, seed, a => a.Average(r => (decimal)r.Ticks));
    }

    [Property]
    public void ExtremesGoOn(AggregateCase parts, int seed)
    {
        Check(parts, seed, a => a.Min(r => r.X));
        Check(parts, seed, a => a.Max(r => r.Word));
        Check(parts, seed, a => a.ArgMin(r => r.X, r => r.Word));
        Check(parts, seed, a => a.ArgMax(r => r.Word.Length, r => (r.Y, r.Word)));
    }

    [Property]
    public void WhatIsByEventTimeGoesOn(AggregateCase parts, int seed)
    {
        Check(parts, seed, a => a.First(r => r.Word));
        Check(parts, seed, a => a.Last(r => r.X));
        Check(parts, seed, a => a.ToList(r => r.Word));
        Check(parts, seed, a => a.FirstEventTime());
        Check(parts, seed, a => a.LastEventTime());
    }

    [Property]
    public void StatisticsGoOn(AggregateCase parts, int seed)
    {
        Check(parts, seed, a => a.Variance(r => r.X));
        Check(parts, seed, a => a.LinearTrend(r => r.X, r => r.Y));
        Check(parts, seed, a => a.Histogram(r => r.X, -10, 0, 10, 1e9));
        Check(parts, seed, a => a.DecayedSum(r => r.X, TimeSpan.FromTicks(7)));
        Check(parts, seed, a => a.DecayedCount(TimeSpan.FromTicks(7)));
    }

    [Property]
    public void SketchesGoOn(AggregateCase parts, int seed)
    {
        Check(parts, seed, a => a.CountDistinct(r => r.Word));
        Check(parts, seed, a => a.CountDistinct(r => r.X, limit: 1_000));
        Check(parts, seed, a => a.ApproxCountDistinct(r => r.X));
        Check(parts, seed, a => a.ApproxCountDistinct(r => r.X, .25));
        Check(parts, seed, a => a.Quantile(r => r.X, .9));
        Check(parts, seed, a => a.Quantiles(r => r.X, [0, .1, .5, .99, 1], .02, maxBins: 16));
        Check(parts, seed, a => a.HeavyHitters(r => r.Word, 41));
        Check(parts, seed, a => a.HeavyHitters(r => r.Word, 7));
    }

    [Property]
    public void SeveralInOnePassGoOn(AggregateCase parts, int seed)
    {
        Check(parts, seed, a => (
            a.Count(),
            a.Average(r => r.X),
            a.Min(r => r.Word),
            a.ApproxCountDistinct(r => r.X, .25),
            string.Join(' ', a.ToList(r => r.Y)),
            a.Quantile(r => r.Y, .5)));
        Check(parts, seed, a => (a.Count(), a.Sum(r => r.Ticks)));
    }

    [Property]
    public void WhatIsSentInTwoPhasesGoesOn(AggregateCase parts, int seed)
    {
        Composition.Of<Reading, (long, double)>(a => (a.Count(), a.Sum(r => r.X)))
            .Accept(new Phases<(long, double)>(parts, seed));
        Composition.Of<Reading, double>(a => a.Quantile(r => r.X, .5)).Accept(new Phases<double>(parts, seed));
    }

    private static void Check<TOut>(AggregateCase parts, int seed, Func<Aggregates<Reading>, TOut> lambda) =>
        Composition.Of(lambda).Accept(new AccumulatorStateLaws<TOut>(parts, seed));

    private sealed class Phases<TOut>(AggregateCase parts, int seed) : IAggregatorVisitor<Reading, TOut, bool>
    {
        public bool Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
        {
            new AccumulatorStateLaws<Unit>(parts, seed)
                .Visit<Partial<TAcc>, PartAggregator<Reading, TAcc, TOut, TAggregator>>(new(aggregator));
            return true;
        }
    }
}
