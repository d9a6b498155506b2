using StreamKit;
using StreamKit.Windowing;
using WebAnalytics.AccessLogs;
using WebAnalytics.Simulation;

namespace WebAnalytics.Tests;

/// <summary>What real logs do not have: late requests, endless visits, local days, early results.</summary>
public class PipelineTests
{
    private const string Crawler = "203.0.113.7";

    private static readonly DayOptions Day = new() { Visits = 600, HeldBack = 0.02 };
    private static readonly LogRequest[] Requests =
        [.. new VisitorDay(Day).Deliveries().Select(delivery => delivery.Request)];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task EachRequestIsCountedOnceOrToldToBeLate(int lanes)
    {
        PipelineRun run = await Run(Requests, lanes);

        // The newest result of a window counts: late requests have corrected the earlier ones.
        long counted = run.Traffic.GroupBy(w => w.Window).Sum(window => window.Last().Value.Requests);
        Assert.NotEmpty(run.Late);
        Assert.Contains(run.Traffic, w => w.Pane.Timing == PaneTiming.Late);
        Assert.Equal(Requests.Length, counted + run.Late.Count);
        Assert.All(run.Late, late => Assert.True(late.LateBy > TimeSpan.Zero));
    }

    [Fact]
    public async Task AVisitThatNeverEndsIsCutAtItsLongestDuration()
    {
        PipelineRun run = await Run(Requests, lanes: 1);

        WindowResult<string, Visit>[] visits = [.. run.Visits.Where(w => w.Key == Crawler).OrderBy(w => w.Window)];
        Assert.Equal(2, visits.Length);
        Assert.Equal(TimeSpan.FromHours(12), visits[0].Window.End - visits[0].Window.Start);
        Assert.All(visits, visit => Assert.True(visit.Value.Duration < TimeSpan.FromHours(12)));
    }

    [Fact]
    public async Task TheFiveMinutesInWhichTheServerWasDownAreFilledWithNothing()
    {
        PipelineRun run = await Run(Requests, lanes: 1);

        DateTimeOffset down = Day.Start + Day.DownFrom;
        Assert.All([0, 5, 10, 15], minutes =>
        {
            WindowResult<StreamKit.Records.Unit, Traffic> window =
                Assert.Single(run.Traffic, w => w.Window.Start == down.AddMinutes(minutes));
            Assert.True(window.Pane.IsFilled);
            Assert.Equal(default, window.Value);
        });
    }

    [Fact]
    public async Task ADayIsOneOfItsTimeZoneAndSaysWhatItHasSoFar()
    {
        PipelineRun run = await Run(Requests, lanes: 1);

        Assert.All(run.Days, day => Assert.Equal(Day.Start, day.Window.Start));
        Assert.Single(run.Days, day => day.Pane.Timing == PaneTiming.OnTime);
        long[] soFar = [.. run.Days.Select(day => day.Value.PageViews)];

        // At the first watermark, a minute before the day, then at 24 full hours; the last midnight is the day's end.
        Assert.Equal(25, run.Days.Count(day => day.Pane.Timing == PaneTiming.Early));
        Assert.Equal(soFar.Order(), soFar);

        // What is late for a day of 24 hours came after its end.
        int views = Requests.Count(r => r.IsPageView);
        Assert.InRange(soFar[^1], views - run.Late.Count, views);
    }

    private static Task<PipelineRun> Run(LogRequest[] requests, int lanes) => PipelineRun.Of(
        builder => builder.From(requests),
        new AnalyticsSettings { Zone = "Europe/Berlin" },
        new JobOptions { Parallelism = lanes, BatchSize = 1 });
}
