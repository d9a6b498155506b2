using StreamKit;
using StreamKit.Records;
using StreamKit.Windowing;
using WebAnalytics.AccessLogs;

namespace WebAnalytics.Tests;

/// <summary>All that the sample's pipeline said in one run.</summary>
internal sealed class PipelineRun
{
    private PipelineRun()
    {
    }

    public List<WindowResult<Unit, Traffic>> Traffic { get; } = [];

    public List<WindowResult<Unit, long>> Active { get; } = [];

    public List<WindowResult<string, Visit>> Visits { get; } = [];

    public List<WindowRanking<string, long>> TopPages { get; } = [];

    public List<WindowResult<Unit, DayTotals>> Days { get; } = [];

    public List<WindowResult<Unit, long>> VisitsPerDay { get; } = [];

    public List<Late<LogRequest>> Late { get; } = [];

    public long Errors { get; private set; }

    public static async Task<PipelineRun> Of(
        Func<StreamBuilder, DataStream<LogRequest>> requests,
        AnalyticsSettings? settings = null,
        JobOptions? options = null)
    {
        var run = new PipelineRun();
        StreamBuilder builder = StreamBuilder.Create("web-analytics");
        var pipeline = new AnalyticsPipeline(requests(builder), settings ?? new AnalyticsSettings { Zone = "UTC" });
        pipeline.Traffic.ForEach(run.Traffic.Add);
        pipeline.Active.ForEach(run.Active.Add);
        pipeline.Visits.ForEach(run.Visits.Add);
        pipeline.TopPages.ForEach(run.TopPages.Add);
        pipeline.Days.ForEach(run.Days.Add);
        pipeline.VisitsPerDay.ForEach(run.VisitsPerDay.Add);
        pipeline.Late.ForEach(run.Late.Add);
        await using StreamJob job = builder.Build().Start(options);
        await job.Completion;
        run.Errors = job.GetMetrics().Errors;
        return run;
    }
}
