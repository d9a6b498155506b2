using System.Text;
using HashtagTracker;
using HashtagTracker.Live;
using StreamKit;

if (!TrackerOptions.TryParse(args, out TrackerOptions options, out string error))
{
    Console.Error.WriteLine(error);
    return TrackerOptions.UsageExitCode;
}

if (options.Help)
{
    Console.WriteLine(TrackerOptions.Usage);
    return 0;
}

await using TextWriter? csv = options switch
{
    { Output: { } path } => new StreamWriter(path, append: false, new UTF8Encoding(false)),
    { Dashboard: false } => new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)),
    _ => null,
};
var history = new WindowHistory(new WindowHistoryOptions
{
    Source = options.Input is { } input ? Path.GetFileName(input) : "simulator",
    Window = options.Window,
    Every = options.Every,
});
StreamPipeline pipeline = TrackerPipeline.Build(options, csv, options.Dashboard ? history : null);
try
{
    await using StreamJob job = pipeline.Start(new JobOptions { Parallelism = options.Lanes });
    if (!options.Dashboard)
    {
        await job.Completion;
        return 0;
    }

    using var page = new LivePage(options, history);
    await using WebApplication app = page.Create();
    await app.StartAsync();
    Console.WriteLine($"Counting hashtags; see {string.Join(' ', app.Urls)} (Ctrl+C ends)");
    CancellationToken stopping = app.Lifetime.ApplicationStopping;
    Task following = page.FollowAsync(job, stopping);
    await Task.WhenAny(job.Completion, Task.Delay(Timeout.Infinite, stopping));
    if (job.Completion.IsFaulted)
    {
        await job.Completion;
    }

    // The stream may have ended; the page stays until it is closed.
    await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    await app.StopAsync(new CancellationToken(canceled: true));
    return 0;
}
catch (Exception exception) when (exception is StreamKit.Diagnostics.StreamException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
