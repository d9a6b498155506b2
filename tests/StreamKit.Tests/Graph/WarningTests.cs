using Microsoft.Extensions.Logging;
using StreamKit.Connectors;
using StreamKit.Tests.Runtime;
using StreamKit.Windowing;

namespace StreamKit.Tests.Graph;

/// <summary>What will run but is hardly meant so is said when the pipeline is built.</summary>
public class WarningTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly StreamBuilder _builder = StreamBuilder.Create("pipeline");

    [Fact]
    public async Task AWindowOverResultsNeedsAtLeastTheLatenessOfTheWindowBefore()
    {
        Over(Minutes(lateness: 2)).Count().Named("hours").To(Sink());
        StreamPipeline pipeline = _builder.Build();
        var loggers = new RecordingLoggers();
        await using StreamJob job = pipeline.Start(new JobOptions { Loggers = loggers });
        await Eventually.WithinLimitAsync(job.Completion);

        string warning = Assert.Single(pipeline.Warnings);
        Assert.Contains("'hours' takes the results of 'minutes'", warning, StringComparison.Ordinal);
        Assert.Contains("corrects them for 00:02:00", warning, StringComparison.Ordinal);
        Assert.Contains("AllowLateness(TimeSpan) with at least 00:02:00 on 'hours'", warning, StringComparison.Ordinal);
        Assert.Single(loggers.Lines, line =>
            line.Level == LogLevel.Warning && line.Text.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public void LessIsNotEnough()
    {
        Over(Minutes(lateness: 2)).AllowLateness(s_minute).Panes(PaneMode.Discarding).Count().Named("hours").To(Sink());
        Assert.Contains("allows 00:01:00 only", Assert.Single(_builder.Build().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameIsEnough()
    {
        Over(Minutes(lateness: 2)).AllowLateness(2 * s_minute).Panes(PaneMode.Discarding).Count().To(Sink());
        Assert.Empty(_builder.Build().Warnings);
    }

    [Fact]
    public void WithoutLatenessBeforeThereIsNothingToWarnOf()
    {
        Over(Minutes(lateness: 0)).Count().To(Sink());
        Assert.Empty(_builder.Build().Warnings);
    }

    [Fact]
    public void AGlobalWindowIsNeverTooLate()
    {
        Minutes(lateness: 2).KeyBy(static w => w.Key).Window(TimeWindows.Global()).Count().To(Sink());
        Assert.Empty(_builder.Build().Warnings);
    }

    [Fact]
    public void StepsBetweenTheWindowsDoNotHideIt()
    {
        Minutes(lateness: 2).Where(static _ => true).AsAppend().Select(static w => w.Key)
            .KeyBy(static key => key).Window(TimeWindows.Tumbling(s_minute)).Count().Named("again").To(Sink());
        string warning = Assert.Single(_builder.Build().Warnings);
        Assert.Contains("'again' takes the results of 'minutes'", warning, StringComparison.Ordinal);
    }

    private static WindowedStream<string, WindowResult<string, long>> Over(
        DataStream<WindowResult<string, long>> results) => results
        .KeyBy(static w => w.Key).Window(TimeWindows.Tumbling(TimeSpan.FromHours(1)));

    private static View<WindowResult<string, long>> Sink() => new();

    private DataStream<WindowResult<string, long>> Minutes(int lateness) => _builder.From([new At(1, "a")])
        .WithEventTime(At.TimeOf, Watermarks.Monotonic())
        .KeyBy(static r => r.Key)
        .Window(TimeWindows.Tumbling(s_minute))
        .AllowLateness(lateness * s_minute)
        .Panes(PaneMode.Discarding)
        .Count().Named("minutes");
}
