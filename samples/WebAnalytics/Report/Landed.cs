using StreamKit;
using StreamKit.Records;
using StreamKit.Windowing;
using WebAnalytics.AccessLogs;

namespace WebAnalytics.Report;

/// <summary>A result of any kind, so that one report can take them all in the order in which they land.</summary>
internal abstract record Landed
{
    private Landed()
    {
    }

    /// <summary>All results of a pipeline as one stream.</summary>
    public static DataStream<Landed> AllOf(AnalyticsPipeline pipeline) =>
        pipeline.Traffic.Select(Landed (w) => new FiveMinutes(w)).Merge(
            pipeline.Active.Select(Landed (w) => new HalfHour(w)),
            pipeline.Visits.Select(Landed (w) => new OneVisit(w)),
            pipeline.TopPages.Select(Landed (w) => new Ranking(w)),
            pipeline.Days.Select(Landed (w) => new Day(w)),
            pipeline.VisitsPerDay.Select(Landed (w) => new DayOfVisits(w)),
            pipeline.Late.Select(Landed (r) => new TooLate(r)));

    public sealed record FiveMinutes(WindowResult<Unit, Traffic> Result) : Landed;

    public sealed record HalfHour(WindowResult<Unit, long> Result) : Landed;

    public sealed record OneVisit(WindowResult<string, Visit> Result) : Landed;

    public sealed record Ranking(WindowRanking<string, long> Result) : Landed;

    public sealed record Day(WindowResult<Unit, DayTotals> Result) : Landed;

    public sealed record DayOfVisits(WindowResult<Unit, long> Result) : Landed;

    public sealed record TooLate(Late<LogRequest> Record) : Landed;
}
