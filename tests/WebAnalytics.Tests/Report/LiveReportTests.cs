using System.Globalization;
using System.Text.RegularExpressions;
using StreamKit;
using WebAnalytics.AccessLogs;
using WebAnalytics.Report;
using WebAnalytics.Simulation;

namespace WebAnalytics.Tests.Report;

public partial class LiveReportTests
{
    private static readonly LogRequest[] Requests =
        [.. new VisitorDay(new DayOptions { Visits = 600, HeldBack = 0 }).Deliveries().Select(d => d.Request)];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task EachHourIsPrintedOnceAndInOrderWithAllOfItsRequests(int lanes)
    {
        string text = await Print(lanes);

        Match[] hours = [.. HourLine().Matches(text).Cast<Match>()];
        int[] begins = [.. hours.Select(hour => Number(hour.Groups["hour"]))];

        // The last visits end in the hour after midnight.
        Assert.Equal([.. Enumerable.Range(0, 24), 0], begins);
        Assert.Equal(Requests.Length, hours.Sum(hour => Number(hour.Groups["requests"])));
        Assert.Contains("so far today: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilenceIsADotAndTheSummaryCountsIt()
    {
        string text = await Print(lanes: 1);

        Assert.Contains("····", text.Split('\n').Single(line => line.StartsWith("04:00", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"requests    {Requests.Length:N0} in "),
            text,
            StringComparison.Ordinal);
        Assert.Contains("0 results corrected, 0 requests too late", text, StringComparison.Ordinal);
        Assert.Contains("7 bad lines", text, StringComparison.Ordinal);
    }

    private static async Task<string> Print(int lanes)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var report = new LiveReport(output, zone);
        StreamBuilder builder = StreamBuilder.Create("report");
        var settings = new AnalyticsSettings { Zone = zone.Id };
        Landed.AllOf(new AnalyticsPipeline(builder.From(Requests), settings)).To(report);
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = lanes, BatchSize = 16 });
        await job.Completion;
        report.PrintSummary(badLines: 7);
        return output.ToString();
    }

    private static int Number(Group group) =>
        int.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<hour>\d\d):00-\d\d:00  .{12}  +(?<requests>[\d,]+) ", RegexOptions.Multiline)]
    private static partial Regex HourLine();
}
