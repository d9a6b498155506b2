using StreamKit;
using StreamKit.Records;
using StreamKit.Windowing;
using WebAnalytics.AccessLogs;

namespace WebAnalytics;

/// <summary>The pipeline: requests in, what a window says about them out.</summary>
internal sealed class AnalyticsPipeline
{
    /// <summary>The steps that <c>--explain</c> can ask about.</summary>
    public static readonly string[] Steps = ["traffic", "active", "visits", "pages", "days"];

    private static readonly TimeSpan s_fiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    public AnalyticsPipeline(DataStream<LogRequest> source, AnalyticsSettings settings)
    {
        DataStream<LogRequest> requests = source
            .WithEventTime(r => r.Time, Watermarks.BoundedOutOfOrderness(settings.OutOfOrderness));
        DataStream<LogRequest> views = requests.Where(r => r.IsPageView);
        PageViews = views;

        Traffic = requests
            .WindowAll(TimeWindows.Tumbling(s_fiveMinutes))
            .AllowLateness(settings.Lateness)
            .SideOutputLate(out DataStream<Late<LogRequest>> late)
            .Aggregate(WebAnalytics.Traffic.Of)
            .Named("traffic")
            .FillGaps(seenWithin: s_hour, default(Traffic));
        Late = late;

        Active = requests
            .WindowAll(TimeWindows.Hopping(TimeSpan.FromMinutes(30), s_fiveMinutes))
            .CountDistinct(r => r.Client)
            .Named("active");

        Visits = requests
            .KeyBy(r => r.Client)
            .Window(TimeWindows.Session(settings.SessionGap).MaxDuration(settings.LongestSession))
            .Aggregate(a => new Visit(a.FirstEventTime(), a.LastEventTime(), a.Count()))
            .Named("visits");

        TopPages = views
            .KeyBy(r => r.Page)
            .Window(TimeWindows.Tumbling(s_hour))
            .Count()
            .Named("pages")
            .TopK(10, by: w => w.Value);

        // A day takes long to land: what it has so far is said every hour of event time.
        Days = views
            .WindowAll(CalendarWindows.Days(settings.Zone))
            .Early(Triggers.EveryEventTime(s_hour))
            .Aggregate(a => new DayTotals(a.CountDistinct(r => r.Client), a.Count()))
            .Named("days");

        // A visit belongs to the day on which it was over, half an hour after its last request.
        VisitsPerDay = Visits.WindowAll(CalendarWindows.Days(settings.Zone)).Count().Named("visits-per-day");
    }

    /// <summary>The requests that show a page, with event time.</summary>
    public DataStream<LogRequest> PageViews { get; }

    /// <summary>Requests in five minutes; none where there was silence for up to an hour.</summary>
    public DataStream<WindowResult<Unit, Traffic>> Traffic { get; }

    /// <summary>The requests that came too late for their five minutes.</summary>
    public DataStream<Late<LogRequest>> Late { get; }

    /// <summary>How many clients were there in half an hour, every five minutes.</summary>
    public DataStream<WindowResult<Unit, long>> Active { get; }

    /// <summary>The visits of each client, when they are over.</summary>
    public DataStream<WindowResult<string, Visit>> Visits { get; }

    /// <summary>The ten pages that were seen most, hour by hour.</summary>
    public DataStream<WindowRanking<string, long>> TopPages { get; }

    /// <summary>Visitors and page views of a calendar day, also while it lasts.</summary>
    public DataStream<WindowResult<Unit, DayTotals>> Days { get; }

    /// <summary>How many visits were over on a calendar day.</summary>
    public DataStream<WindowResult<Unit, long>> VisitsPerDay { get; }
}
