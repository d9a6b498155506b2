using System.Globalization;
using System.Text.Json;
using StreamKit;
using StreamKit.Windowing;

namespace WebAnalytics.Tests;

/// <summary>
/// What the sample says of two real logs is what was found without StreamKit, row for row. Where the sample counts more
/// (windows of silence, early results), the test says so.
/// </summary>
public class FactsTests
{
    public static TheoryData<string, int> LogsAndLanes => new()
    {
        { RealLogs.Apache, 1 }, { RealLogs.Apache, 3 }, { RealLogs.Nasa, 1 }, { RealLogs.Nasa, 3 },
    };

    // No session of the logs is as long as the cap of 12 hours, and no two requests are exactly 30 minutes apart, where
    // the facts (at most 30 minutes) and half-open sessions (less than 30 minutes) would differ.
    [Theory]
    [MemberData(nameof(LogsAndLanes))]
    public async Task VisitsAreTheSessionsOfTheFacts(string log, int lanes)
    {
        PipelineRun run = await Run(log, lanes);

        Assert.Equal(Ordered(RealLogs.Facts(log, "sessions_requests")), Ordered(run.Visits.Select(Row)));
        Assert.All(run.Visits, visit => Assert.Equal(visit.Value.First, visit.Window.Start));
    }

    [Theory]
    [MemberData(nameof(LogsAndLanes))]
    public async Task VisitsOfPageViewsAloneAreTheSessionsOfTheFacts(string log, int lanes)
    {
        PipelineRun run = await PipelineRun.Of(
            builder => RealLogs.Requests(builder, log).Where(r => r.IsPageView),
            options: new JobOptions { Parallelism = lanes });

        Assert.Equal(Ordered(RealLogs.Facts(log, "sessions_page_views")), Ordered(run.Visits.Select(Row)));
    }

    [Theory]
    [MemberData(nameof(LogsAndLanes))]
    public async Task ActiveVisitorsAreThoseOfTheFacts(string log, int lanes)
    {
        PipelineRun run = await Run(log, lanes);

        IEnumerable<string> rows = run.Active
            .OrderBy(w => w.Window)
            .Select(w => $"{RealLogs.Text(w.Window.Start)},{RealLogs.Text(w.Window.End)},{w.Value}");
        Assert.Equal(RealLogs.Facts(log, "active_30min_hop_5min"), rows);
    }

    // The facts have no rows for silence; the sample has, and the next test is about them.
    [Theory]
    [MemberData(nameof(LogsAndLanes))]
    public async Task FiveMinutesWithRequestsAreThoseOfTheFacts(string log, int lanes)
    {
        PipelineRun run = await Run(log, lanes);

        IEnumerable<string> rows = run.Traffic.Where(w => !w.Pane.IsFilled).OrderBy(w => w.Window).Select(Row);
        Assert.Equal(RealLogs.Facts(log, "per_5min"), rows);
    }

    // In both logs the silence between requests is shorter than the hour for which gaps are filled.
    [Theory]
    [MemberData(nameof(LogsAndLanes))]
    public async Task FiveMinutesWithoutRequestsAreFilledUpToAnHourAfterTheLast(string log, int lanes)
    {
        PipelineRun run = await Run(log, lanes);

        DateTimeOffset[] busy =
            [.. RealLogs.Facts(log, "per_5min").Select(row => RealLogs.Time(row.Split(',')[0]))];
        var all = new List<DateTimeOffset>();
        for (DateTimeOffset at = busy[0]; at <= busy[^1].AddHours(1); at = at.AddMinutes(5))
        {
            all.Add(at);
        }

        Assert.Equal(all, run.Traffic.Select(w => w.Window.Start).Order());
        Assert.Equal(
            all.Except(busy),
            run.Traffic.Where(w => w.Pane.IsFilled && w.Value == default).Select(w => w.Window.Start).Order());
    }

    [Theory]
    [MemberData(nameof(LogsAndLanes))]
    public async Task TopPagesAreThoseOfTheFactsAlsoWherePagesTie(string log, int lanes)
    {
        PipelineRun run = await Run(log, lanes);

        using JsonDocument facts = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                StreamKit.Tests.SharedData.Path($"facts/web.{log}.top_pages_per_hour.json"),
                TestContext.Current.CancellationToken));
        IEnumerable<string> expected = facts.RootElement.EnumerateObject().Order(ByName).SelectMany(hour =>
            hour.Value.GetProperty("top").EnumerateArray().Select(page => $"{hour.Name} {page[0]} {page[1]}"));
        IEnumerable<string> rows = run.TopPages.OrderBy(r => r.Window).SelectMany(ranking =>
            ranking.Items.Select(page => $"{RealLogs.Text(ranking.Window.Start)} {page.Key} {page.Value}"));
        Assert.Equal(expected, rows);
    }

    // There are no facts by day; those by five minutes and by session add up to them. A day is UTC's here.
    [Theory]
    [MemberData(nameof(LogsAndLanes))]
    public async Task DaysAreTheSumsOfTheFacts(string log, int lanes)
    {
        PipelineRun run = await Run(log, lanes);

        var views = RealLogs.Facts(log, "per_5min")
            .Select(row => row.Split(','))
            .GroupBy(row => row[0][..10], row => long.Parse(row[2], CultureInfo.InvariantCulture))
            .Select(day => (day.Key, Views: day.Sum()));
        Assert.Equal(
            views,
            run.Days.Where(w => w.Pane.IsFinal).OrderBy(w => w.Window)
                .Select(w => (RealLogs.Text(w.Window.Start)[..10], w.Value.PageViews)));

        // A visit is over half an hour after its last request, and counted on that day.
        var visits = RealLogs.Facts(log, "sessions_requests")
            .Select(row => RealLogs.Time(row.Split(',')[2]).AddMinutes(30).AddTicks(-1))
            .GroupBy(over => RealLogs.Text(over)[..10])
            .OrderBy(day => day.Key, StringComparer.Ordinal)
            .Select(day => (day.Key, (long)day.Count()));
        Assert.Equal(
            visits,
            run.VisitsPerDay.OrderBy(w => w.Window).Select(w => (RealLogs.Text(w.Window.Start)[..10], w.Value)));
    }

    // Nothing is behind by more than 59 s, and a minute is waited for.
    [Theory]
    [MemberData(nameof(LogsAndLanes))]
    public async Task NoRequestIsLateAndNoLineIsBad(string log, int lanes)
    {
        PipelineRun run = await Run(log, lanes);

        Assert.NotEmpty(run.Traffic);
        Assert.Empty(run.Late);
        Assert.Equal(0, run.Errors);
    }

    private static Comparer<JsonProperty> ByName =>
        Comparer<JsonProperty>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    private static Task<PipelineRun> Run(string log, int lanes) => PipelineRun.Of(
        builder => RealLogs.Requests(builder, log),
        options: new JobOptions { Parallelism = lanes });

    private static IEnumerable<string> Ordered(IEnumerable<string> rows) => rows.Order(StringComparer.Ordinal);

    private static string Row(WindowResult<string, Visit> w)
    {
        (Visit visit, TimeSpan lasted) = (w.Value, w.Value.Duration);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{w.Key},{RealLogs.Text(visit.First)},{RealLogs.Text(visit.Last)},{visit.Requests},{lasted.TotalSeconds}");
    }

    private static string Row(WindowResult<StreamKit.Records.Unit, Traffic> w)
    {
        (Traffic five, Answers answers) = (w.Value, w.Value.Answers);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{RealLogs.Text(w.Window.Start)},{five.Requests},{five.PageViews},{five.Clients},{five.Viewers},")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{answers.ClientErrors},{answers.ServerErrors},{answers.Bytes}");
    }
}
