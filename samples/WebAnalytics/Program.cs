using System.Text;
using StreamKit;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Files;
using WebAnalytics;
using WebAnalytics.AccessLogs;
using WebAnalytics.Collecting;
using WebAnalytics.Report;
using WebAnalytics.Simulation;

if (!AnalyticsOptions.TryParse(args, out AnalyticsOptions options, out string error))
{
    Console.Error.WriteLine(error);
    return AnalyticsOptions.UsageExitCode;
}

if (options.Help)
{
    Console.WriteLine(AnalyticsOptions.Usage);
    return 0;
}

Console.OutputEncoding = Encoding.UTF8;
try
{
    StreamBuilder builder = StreamBuilder.Create("web-analytics");
    await using DemoSite? site = options.Collect is { } port ? new DemoSite(port) : null;
    DataStream<LogRequest> source = options.File is { } path
        ? builder.From(FileSource.Lines<LogRequest>(path, AccessLogParser.Parse), "log")
        : site is not null ? builder.From(site.Requests, "beacons")
        : builder.From(
            new PacedDeliveries(
                new VisitorDay(new DayOptions { Seed = options.Seed }).Deliveries(),
                TimeProvider.System,
                options.Speed),
            "visitors");
    var pipeline = new AnalyticsPipeline(source, new AnalyticsSettings { Zone = options.Zone.Id });
    var report = new LiveReport(Console.Out, options.Zone);
    Landed.AllOf(pipeline).To(report, "report");
    site?.Show(pipeline.PageViews);

    // A bad line is told and counted; the others go on.
    ISink<DeadLetter> badLines = Sinks.Text<DeadLetter>(
        Console.Error,
        letter => $"bad line: {letter.Exception.Message}");

    // A watermark follows each batch: small ones let windows land soon after their time.
    var jobOptions = new JobOptions { BatchSize = 64, OnError = ErrorPolicy.DeadLetter(badLines) };
    await using StreamJob job = builder.Build().Start(jobOptions);
    Task explaining = options.Explain is { } step ? ExplainAsync(job, step) : Task.CompletedTask;
    if (site is not null)
    {
        await site.StartAsync();
        Console.WriteLine($"Collecting at {site.Address} (Ctrl+C ends)");
        await site.WaitAsync();
        await job.StopAsync();
    }

    await explaining;
    await job.Completion;
    report.PrintSummary(job.GetMetrics().Errors);
    return 0;
}
catch (Exception exception) when (exception is StreamException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return AnalyticsOptions.FailureExitCode;
}

// Asking disturbs nothing; the last answer is of a job that has finished.
static async Task ExplainAsync(StreamJob job, string step)
{
    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
    do
    {
        Console.WriteLine(job.Explain(step));
        await Task.WhenAny(job.Completion, timer.WaitForNextTickAsync().AsTask());
    }
    while (!job.Completion.IsCompleted);

    Console.WriteLine(job.Explain(step));
}
