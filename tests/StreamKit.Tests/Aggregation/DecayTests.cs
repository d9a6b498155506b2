namespace StreamKit.Tests.Aggregation;

public class DecayTests
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(10);

    [Fact]
    public void ARecordLosesHalfItsWeightWithEveryHalfLife()
    {
        (double X, TimeSpan At)[] records = [(8, TimeSpan.Zero), (4, HalfLife), (1, 3 * HalfLife)];

        Assert.Equal(1 + (4 / 4.0) + (8 / 8.0), Sum(records), 12);
        Assert.Equal(1 + .25 + .125, Count(records), 12);
    }

    [Fact]
    public void TheNewestRecordHasItsFullWeightWhereverItLies() => Assert.All(
        Enumerable.Range(-50, 100),
        minutes => Assert.Equal(3, Sum([(3, TimeSpan.FromMinutes(minutes) + TimeSpan.FromTicks(1))]), 12));

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void TheSumIsThatOfTheFormulaInAnyOrderOfArrival(int parts)
    {
        var random = new Random(21);
        (double X, TimeSpan At)[] records =
            [.. Enumerable.Range(0, 5_000)
                .Select(_ => (random.NextDouble(), TimeSpan.FromMinutes(random.NextDouble() * 500)))];
        TimeSpan newest = records.Max(r => r.At);
        double expected = records.Sum(r => r.X * Math.Pow(2, -((newest - r.At) / HalfLife)));

        Close.Within(1e-12, expected, Sum(records, parts));
        Close.Within(1e-12, expected, Sum([.. records.OrderBy(r => r.At)], parts));
        Close.Within(1e-12, expected, Sum([.. records.OrderByDescending(r => r.At)], parts));
    }

    [Fact]
    public void TheRemotePastWeighsNothingAndOverflowsNothing()
    {
        (double, long)[] records =
            [(1e300, long.MinValue + 1), (5, 0), (1e300, -long.MaxValue / 2), (2, long.MaxValue - 1)];

        Assert.Equal(
            2, Aggregated.Over(records, a => a.DecayedSum(r => r.Item1, TimeSpan.FromTicks(1)), 2, r => r.Item2));
        Assert.Equal(1, Aggregated.Over(records, a => a.DecayedCount(TimeSpan.FromDays(1)), 3, r => r.Item2));
    }

    // A month at one record a second: the age of the window costs no digits.
    [Fact]
    public void ALongSteadyStreamReachesItsLimit()
    {
        var everySecond = Enumerable.Range(0, 2_592_000).Select(i => (1.0, TimeSpan.FromSeconds(i)));

        Close.Within(1e-12, 1 / (1 - Math.Pow(2, -1 / 600.0)), Count(everySecond));
    }

    [Fact]
    public void AHalfLifeIsMoreThanZero() => Assert.IsType<ArgumentOutOfRangeException>(
        Assert.Throws<InvalidOperationException>(() =>
            Streams.Windowed<int>([]).Aggregate(a => a.DecayedCount(TimeSpan.Zero)))
            .InnerException);

    private static double Sum(IEnumerable<(double X, TimeSpan At)> records, int parts = 1) =>
        Aggregated.Over(records, a => a.DecayedSum(r => r.X, HalfLife), parts, r => r.At.Ticks);

    private static double Count(IEnumerable<(double X, TimeSpan At)> records) =>
        Aggregated.Over(records, a => a.DecayedCount(HalfLife), 1, r => r.At.Ticks);
}
