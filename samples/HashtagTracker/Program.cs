using System.Net.Sockets;
using HashtagTracker;
using HashtagTracker.Live;
using StreamKit;
using StreamKit.Diagnostics;

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

// Asked before anything starts, so that a mistyped name does not empty the output file of an earlier run.
if (options.Input is { } input && !File.Exists(input))
{
    Console.Error.WriteLine($"There is no file '{input}'.");
    return TrackerOptions.FailureExitCode;
}

var history = new WindowHistory(new WindowHistoryOptions
{
    Source = options.SourceName,
    Window = options.Window,
    Every = options.Every,
});
try
{
    StreamPipeline pipeline = TrackerPipeline.Build(options, options.Dashboard ? history : null);
    await using StreamJob job = pipeline.Start(new JobOptions
    {
        Parallelism = options.Lanes,

        // A live stream goes on behind a line that is broken; a file that is broken is the wrong file.
        OnError = options.IsLive ? ErrorPolicy.Skip : ErrorPolicy.Fail,
    });
    if (!options.Dashboard)
    {
        await job.Completion;
        return 0;
    }

    using var page = new LivePage(options, history);
    await using WebApplication app = page.Create();
    await app.StartAsync();
    Console.WriteLine($"Counting hashtags; see {string.Join(' ', app.Urls)} (Ctrl+C ends)");

    // The stream may end; the page stays until it is closed.
    await page.FollowAsync(job, app.Lifetime.ApplicationStopping);

    // Clients that still listen are told to go, not waited for.
    await app.StopAsync(new CancellationToken(canceled: true));
    return 0;
}
catch (Exception exception) when (exception is StreamException or IOException or SocketException)
{
    Console.Error.WriteLine(exception.Message);
    return TrackerOptions.FailureExitCode;
}
