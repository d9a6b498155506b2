using HashtagTracker.Live;

namespace HashtagTracker.Tests.Live;

public class WindowHistoryTests
{
    private static readonly WindowHistoryOptions Options = new()
    {
        Source = "test",
        Window = TimeSpan.FromSeconds(60),
        Every = TimeSpan.FromSeconds(10),
        Ranks = 3,
        Leaders = 2,
        Windows = 4,
    };

    private readonly WindowHistory _history = new(Options);

    [Fact]
    public void BeforeTheFirstWindowThereAreReadingsOnly()
    {
        var readings = new LiveReadings { Time = At(5), Tweets = 12, Late = 1, TweetsPerSecond = 2.44 };

        DashboardSnapshot snapshot = _history.Describe(readings);

        Assert.Empty(snapshot.Top);
        Assert.Null(snapshot.WindowEnd);
        Assert.Null(snapshot.WatermarkLagSeconds);
        Assert.Equal((12, 1, 2.4), (snapshot.Tweets, snapshot.Late, snapshot.TweetsPerSecond));
    }

    [Fact]
    public void AWindowIsShownWhenTheWatermarkHasReachedItsEnd()
    {
        _history.Record(At(60), "a", 1);
        _history.Record(At(70), "b", 1);

        Assert.Equal(At(60), Describe(69).WindowEnd);
        Assert.Equal(At(70), Describe(70).WindowEnd);
        Assert.Equal(At(10), Describe(70).WindowStart);
        Assert.Null(Describe(59).WindowEnd);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(9, 10)]
    [InlineData(10, 20)]
    [InlineData(65, 70)]
    public void TheNextWindowEndsAtTheNextHopBehindTheWatermark(int watermark, int end) =>
        Assert.Equal((At(watermark), At(end)), (Describe(watermark).Watermark, Describe(watermark).NextEnd));

    [Fact]
    public void TheNextWindowEndsByItsLengthWhereThatIsNoWholeNumberOfHops()
    {
        var history = new WindowHistory(Options with { Window = TimeSpan.FromSeconds(15) });
        foreach ((int watermark, int end) in ((int, int)[])[(4, 5), (5, 15), (14, 15)])
        {
            Assert.Equal(At(end), history.Describe(new() { Time = At(0), Watermark = At(watermark) }).NextEnd);
        }
    }

    [Fact]
    public void BehindTheEndOfEventTimeThereIsNoNextWindow()
    {
        _history.Record(At(60), "a", 1);
        DashboardSnapshot snapshot = _history.Describe(new() { Time = At(0), Watermark = DateTimeOffset.MaxValue });
        Assert.Null(snapshot.Watermark);
        Assert.Null(snapshot.NextEnd);
        Assert.Equal(At(60), snapshot.WindowEnd);
    }

    [Fact]
    public void TheRankingIsByCountAndThenByName()
    {
        foreach ((string tag, long count) in ((string, long)[])[("d", 1), ("c", 4), ("b", 2), ("a", 2), ("e", 1)])
        {
            _history.Record(At(60), tag, count);
        }

        DashboardSnapshot snapshot = Describe(60);

        Assert.Equal(["c", "a", "b"], snapshot.Top.Select(place => place.Tag));
        Assert.Equal([0.4, 0.2, 0.2], snapshot.Top.Select(place => place.Share));
        Assert.Equal(5, snapshot.DistinctTags);
        Assert.Equal(["c", "a"], snapshot.Series.Select(series => series.Tag));
    }

    [Fact]
    public void ATrendIsTheChangeAgainstTheWindowBefore()
    {
        _history.Record(At(60), "a", 4);
        _history.Record(At(60), "b", 4);
        _history.Record(At(70), "a", 5);
        _history.Record(At(70), "b", 1);
        _history.Record(At(70), "c", 1);

        Assert.Equal([0.25, -0.75, null], Describe(70).Top.Select(place => place.Trend));
    }

    [Fact]
    public void ACorrectionReplacesTheCount()
    {
        _history.Record(At(60), "a", 4);
        _history.Record(At(60), "a", 6);

        Assert.Equal(6, Assert.Single(Describe(60).Top).Count);
    }

    [Fact]
    public void AWindowThatWasNeverEmittedIsAZeroInTheChart()
    {
        _history.Record(At(60), "a", 4);
        _history.Record(At(80), "a", 2);

        DashboardSnapshot snapshot = Describe(80);

        Assert.Equal([At(60), At(70), At(80)], snapshot.SeriesEnds);
        Assert.Equal([4, 0, 2], Assert.Single(snapshot.Series).Counts);
    }

    [Fact]
    public void OnlyTheLastWindowsAreShown()
    {
        for (int i = 0; i < 20; i++)
        {
            _history.Record(At(60 + (10 * i)), "a", i);
        }

        DashboardSnapshot snapshot = Describe(1000);

        Assert.Equal([16, 17, 18, 19], Assert.Single(snapshot.Series).Counts);
        Assert.Equal(At(250), snapshot.SeriesEnds[^1]);
    }

    private DashboardSnapshot Describe(int watermark) =>
        _history.Describe(new LiveReadings { Time = At(watermark), Watermark = At(watermark) });

    private static DateTimeOffset At(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);
}
