using System.Globalization;

namespace WebAnalytics.Report;

/// <summary>What landed in one hour, and how it is printed.</summary>
internal sealed class HourLine(DateTimeOffset start)
{
    public const string Heading =
        "hour         by 5 minutes  requests   5xx  active  visits  longest  top pages";

    private const string Bars = "▁▂▃▄▅▆▇█";

    private readonly Traffic?[] _fives = new Traffic?[12];

    /// <summary>Clients in the last half hour that ended in this hour.</summary>
    public long Active { get; set; }

    /// <summary>How many visits were over in it.</summary>
    public long Visits { get; set; }

    public TimeSpan Longest { get; set; }

    public string TopPages { get; set; } = "";

    public long TooLate { get; set; }

    /// <summary>What today has so far, if it has been said.</summary>
    public DayTotals? SoFar { get; set; }

    /// <summary>Whether anything but silence was counted.</summary>
    public bool HasContent => Visits > 0 || _fives.Any(five => five is { Requests: > 0 });

    public void Set(DateTimeOffset window, Traffic traffic) =>
        _fives[(int)((window - start) / TimeSpan.FromMinutes(5))] = traffic;

    /// <summary>The line, with bars that are full at <paramref name="most"/> requests.</summary>
    public string Format(TimeZoneInfo zone, long most)
    {
        string bars = string.Concat(_fives.Select(five => Bar(five, most)));
        long requests = _fives.Sum(five => five?.Requests ?? 0);
        long errors = _fives.Sum(five => five?.Answers.ServerErrors ?? 0);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Clock(start, zone)}-{Clock(start.AddHours(1), zone)}  {bars}  {requests,8:N0}  {errors,4}  {Active,6}"
            + $"  {Visits,6}  {Longest:h\\:mm\\:ss}  {TopPages}").TrimEnd();
        if (SoFar is { } day)
        {
            line += string.Create(
                CultureInfo.InvariantCulture,
                $"\n             so far today: {day.Visitors:N0} visitors, {day.PageViews:N0} page views");
        }

        return TooLate == 0 ? line : line + $"\n             too late for their 5 minutes: {TooLate}";
    }

    private static string Clock(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    // A blank: no window; a dot: a window that was filled because nothing came.
    private static char Bar(Traffic? five, long most) => five switch
    {
        null => ' ',
        { Requests: 0 } => '·',
        { Requests: var n } => Bars[(int)Math.Min(Bars.Length - 1, n * Bars.Length / (most + 1))],
    };
}
