using System.Globalization;
using System.Text;
using StreamKit.Windowing;

namespace WebAnalytics.Report;

/// <summary>What the whole stream came to.</summary>
/// <remarks>Grows by an entry for each five minutes and each day, not with the requests.</remarks>
internal sealed class Summary(TimeZoneInfo zone)
{
    private readonly Dictionary<Window, Traffic> _fives = [];
    private readonly SortedDictionary<Window, DayTotals> _days = [];
    private readonly Dictionary<Window, long> _visitsPerDay = [];
    private long _filled;
    private long _corrections;
    private long _early;
    private long _visits;
    private TimeSpan _timeInVisits;
    private (Window Window, long Clients) _peak;
    private long _tooLate;
    private TimeSpan _latest;

    public void Add(Landed landed)
    {
        switch (landed)
        {
            case Landed.FiveMinutes { Result: var five }:
                _fives[five.Window] = five.Value;
                _filled += five.Pane.IsFilled ? 1 : 0;
                _corrections += five.Pane is { Timing: PaneTiming.Late, IsFilled: false } ? 1 : 0;
                break;
            case Landed.HalfHour { Result: var half } when half.Value > _peak.Clients:
                _peak = (half.Window, half.Value);
                break;
            case Landed.OneVisit { Result: var visit }:
                _visits++;
                _timeInVisits += visit.Value.Duration;
                break;
            case Landed.Day { Result: var day }:
                _days[day.Window] = day.Value;
                _early += day.Pane.Timing == PaneTiming.Early ? 1 : 0;
                break;
            case Landed.DayOfVisits { Result: var day }:
                _visitsPerDay[day.Window] = day.Value;
                break;
            case Landed.TooLate { Record: var late }:
                _tooLate++;
                _latest = late.LateBy > _latest ? late.LateBy : _latest;
                break;
        }
    }

    public string Format(long badLines)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append('\n').Append(line.ToString(CultureInfo.InvariantCulture));

        TimeSpan average = _visits == 0 ? TimeSpan.Zero : _timeInVisits / _visits;
        Line($"requests    {_fives.Values.Sum(five => five.Requests):N0} in {_fives.Count:N0} windows of 5 minutes");
        Line($"silence     {_filled:N0} of the windows had no request and were filled");
        Line($"late        {_corrections:N0} results corrected, {_tooLate:N0} requests too late, by up to {_latest:g}");
        Line($"visits      {_visits:N0}, {average:hh\\:mm\\:ss} long on average");
        if (_peak.Clients > 0)
        {
            DateTimeOffset end = Local(_peak.Window.End);
            Line($"most active {_peak.Clients:N0} clients in the half hour before {end:yyyy-MM-dd HH:mm}");
        }

        foreach ((Window window, DayTotals day) in _days)
        {
            long visits = _visitsPerDay.GetValueOrDefault(window);
            string date = Local(window.Start).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Line($"{date}  {day.Visitors:N0} visitors, {day.PageViews:N0} page views, {visits:N0} visits over");
        }

        Line($"also        {_early:N0} early results of days, {badLines:N0} bad lines");
        return text.ToString();
    }

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone);
}
