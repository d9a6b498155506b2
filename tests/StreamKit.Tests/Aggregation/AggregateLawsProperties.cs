using FsCheck.Xunit;
using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

/// <summary>Merging parts is adding the whole, in any nesting and order, and shares nothing.</summary>
[Properties(Arbitrary = [typeof(AggregateArbitraries)], MaxTest = 300)]
public class AggregateLawsProperties
{
    [Property]
    public void MomentsKeepTheLaws(AggregateCase parts)
    {
        double spread = Spread(parts);
        Check(parts, a => a.Variance(r => r.X), (e, f) => Close.Within(1e-9, e, f, 1e-9 * spread * spread));
        Check(parts, a => a.PopulationVariance(r => r.X), (e, f) => Close.Within(1e-9, e, f, 1e-9 * spread * spread));
        Check(parts, a => a.StandardDeviation(r => r.X), (e, f) => Close.Within(1e-9, e, f, 1e-6 * spread));
    }

    // A product of deviations may cancel, so the scale of an error is that of the deviations.
    [Property]
    public void PairsOfNumbersKeepTheLaws(AggregateCase parts)
    {
        double spread = Spread(parts);
        Check(parts, a => a.Covariance(r => r.X, r => r.Y), (e, f) => Close.Within(1e-9, e, f, spread * spread));
        Check(parts, a => a.Correlation(r => r.X, r => r.Y), (e, f) => Close.Within(1e-6, e, f, 1));
        Check(parts, a => a.LinearTrend(r => r.X, r => r.Y), (e, f) =>
        {
            Assert.Equal(e.Count, f.Count);
            Close.Within(1e-6, e.Slope, f.Slope, 1e-3);
        });
    }

    [Property]
    public void DistinctCountsKeepTheLaws(AggregateCase parts)
    {
        Check(parts, a => a.CountDistinct(r => r.X), Assert.Equal);
        Check(parts, a => a.CountDistinct(r => r.Word), Assert.Equal);
    }

    [Property]
    public void SketchesOfDistinctValuesKeepTheLaws(AggregateCase parts)
    {
        Check(parts, a => a.ApproxCountDistinct(r => r.X), Assert.Equal);
        Check(parts, a => a.ApproxCountDistinct(r => r.X, .05), Assert.Equal);
        Check(parts, a => a.ApproxCountDistinct(r => r.Word, .25), Assert.Equal);
        Check(parts, a => a.ApproxCountDistinct(r => r.X, .25), Assert.Equal);
    }

    [Property]
    public void QuantilesKeepTheLaws(AggregateCase parts)
    {
        Check(parts, a => a.Quantile(r => r.X, .9), Assert.Equal);
        Check(parts, a => a.Median(r => r.Y), Assert.Equal);
        Check(parts, a => a.Quantiles(r => r.X, 0, .1, .5, .99, 1), Assert.Equal);
        Check(parts, a => a.Quantiles(r => r.X, [0, .1, .5, .99, 1], .02, maxBins: 16), Assert.Equal);
    }

    [Property]
    public void HistogramsKeepTheLaws(AggregateCase parts) =>
        Check(parts, a => a.Histogram(r => r.X, -10, 0, 10, 1e9), Assert.Equal);

    [Property]
    public void DecayingSumsKeepTheLaws(AggregateCase parts)
    {
        double scale = parts.First.Concat(parts.Second).Concat(parts.Third).Sum(r => Math.Abs(r.X));
        Check(parts, a => a.DecayedCount(TimeSpan.FromTicks(7)), (e, f) => Close.Within(1e-12, e, f));
        Check(parts, a => a.DecayedSum(r => r.X, TimeSpan.FromTicks(7)), (e, f) => Close.Within(1e-14, e, f, scale));
    }

    [Property]
    public void ExtremesKeepTheLaws(AggregateCase parts)
    {
        Check(parts, a => a.ArgMin(r => r.X, r => (r.X, r.Ticks)), Assert.Equal);
        Check(parts, a => a.ArgMax(r => r.Word.Length, r => (r.Word.Length, r.Ticks)), Assert.Equal);
        Check(parts, a => a.ArgMax(r => r.Word.Length, r => r.Y), Assert.Equal, commutes: false);
    }

    [Property]
    public void HeavyHittersKeepTheLawsWhileTheyAreExact(AggregateCase parts) =>
        Check(parts, a => a.HeavyHitters(r => r.Word, 41), Assert.Equal);

    [Property]
    public void HeavyHittersShareNothingWhenTheyAreNot(AggregateCase parts) =>
        Check(parts, a => a.HeavyHitters(r => r.Word, 7), Assert.Equal, isExact: false);

    [Property]
    public void SeveralInOnePassKeepTheLaws(AggregateCase parts) => Check(
        parts,
        a => (
            a.ApproxCountDistinct(r => r.X, .25),
            a.CountDistinct(r => r.Word),
            a.Quantile(r => r.Y, .5),
            string.Join(' ', a.HeavyHitters(r => r.Word, 41)),
            a.ArgMax(r => r.X, r => r.X),
            string.Join(' ', a.Histogram(r => r.X, 0))),
        Assert.Equal);

    private static double Spread(AggregateCase parts)
    {
        double[] all = [.. parts.First.Concat(parts.Second).Concat(parts.Third).SelectMany(r => new[] { r.X, r.Y }), 0];
        return all.Max() - all.Min();
    }

    private static void Check<TOut>(
        AggregateCase parts,
        Func<Aggregates<Reading>, TOut> lambda,
        Action<TOut, TOut> assertSame,
        bool commutes = true,
        bool isExact = true) =>
        Composition.Of(lambda)
            .Accept(new AggregateLaws<TOut>(parts, assertSame) { Commutes = commutes, IsExact = isExact });
}
