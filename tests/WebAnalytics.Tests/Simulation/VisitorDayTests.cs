using Microsoft.Extensions.Time.Testing;
using WebAnalytics.AccessLogs;
using WebAnalytics.Simulation;

namespace WebAnalytics.Tests.Simulation;

public class VisitorDayTests
{
    private static readonly DayOptions Small = new() { Visits = 300, Seed = 7 };
    private static readonly IReadOnlyList<Delivery> Day = new VisitorDay(Small).Deliveries();

    [Fact]
    public void TheSameSeedGivesTheSameDay() => Assert.Equal(Day, new VisitorDay(Small with { }).Deliveries());

    [Fact]
    public void AnotherSeedGivesAnotherDay() =>
        Assert.NotEqual(Day.Take(20), new VisitorDay(Small with { Seed = 8 }).Deliveries().Take(20));

    [Fact]
    public void TheDayOfASeedIsPinned()
    {
        LogRequest first = Day[0].Request;

        Assert.Equal((3337, "203.0.113.7", "/robots.txt"), (Day.Count, first.Client, first.Target));
        Assert.Equal(Small.Start.AddSeconds(30), first.Time);
    }

    [Fact]
    public void RequestsArriveInOrderAndAfterTheyHappened()
    {
        Assert.Equal(Day.Select(d => d.Arrival).Order(), Day.Select(d => d.Arrival));
        Assert.All(Day, d => Assert.True(d.Arrival >= d.Request.Time));
    }

    [Fact]
    public void SomeRequestsComeOutOfOrderAndSomeMuchLater()
    {
        Assert.Contains(Day.Zip(Day.Skip(1)), pair => pair.First.Request.Time > pair.Second.Request.Time);
        Assert.Contains(Day, d => d.Arrival - d.Request.Time > TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void NothingIsWrittenWhileTheServerIsDownOrOnAnotherDay()
    {
        DateTimeOffset down = Small.Start + Small.DownFrom;

        Assert.DoesNotContain(Day, d => d.Request.Time >= down && d.Request.Time < down + Small.DownFor);
        Assert.All(Day, d => Assert.InRange(d.Request.Time, Small.Start, Small.Start.AddDays(1).AddSeconds(-1)));
    }

    [Fact]
    public async Task APacedDayComesAtTheSpeedThatWasAskedFor()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var request = new LogRequest("a", Small.Start, "GET", "/", 200, 1);
        Delivery[] two = [new(request, Small.Start), new(request with { Client = "b" }, Small.Start.AddMinutes(1))];
        await using IAsyncEnumerator<LogRequest> paced =
            new PacedDeliveries(two, clock, speed: 60).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await paced.MoveNextAsync());
        Task<bool> second = paced.MoveNextAsync().AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await second);
        Assert.False(await paced.MoveNextAsync());
    }
}
