using HashtagTracker.Live;
using StreamKit;

namespace HashtagTracker;

/// <summary>Runs the pipeline until its source ends, or until it is told to stop.</summary>
internal static class Tracker
{
    /// <summary>Counts; returns when all is written, also after a signal such as Ctrl+C.</summary>
    public static async Task RunAsync(TrackerOptions options)
    {
        // Asked before anything starts, so that a mistyped name does not empty the output file of an earlier run.
        if (options.Input is { } input && !File.Exists(input))
        {
            throw new TrackerException($"There is no file '{input}'.");
        }

        WindowHistory? history = options.Dashboard ? HistoryOf(options) : null;
        await using StreamJob job = TrackerPipeline.Build(options, history).Start(new JobOptions
        {
            Parallelism = options.Lanes,

            // A live stream goes on behind a line that is broken; a file that is broken is the wrong file.
            OnError = options.IsLive ? ErrorPolicy.Skip : ErrorPolicy.Fail,
            Checkpoints = options.Checkpoints is { } folder
                ? Checkpoints.InDirectory(folder, options.CheckpointEvery)
                : null,
        });
        if (history is null)
        {
            await StopSignal.OrEndAsync(job);
        }
        else
        {
            await ShowAsync(options, history, job);
        }

        // With checkpoints the next run goes on with the windows that are open; without, this is the last chance to say
        // what is in them.
        await job.StopAsync(options.Checkpoints is null ? StopMode.Drain : StopMode.Checkpoint);
    }

    private static WindowHistory HistoryOf(TrackerOptions options) => new(new WindowHistoryOptions
    {
        Source = options.SourceName,
        Sink = options.SinkName,
        Window = options.Window,
        Every = options.Every,
    });

    private static async Task ShowAsync(TrackerOptions options, WindowHistory history, StreamJob job)
    {
        using var page = new LivePage(options, history);
        await using WebApplication app = page.Create();
        await app.StartAsync();
        Console.WriteLine($"Counting hashtags; see {string.Join(' ', app.Urls)} (Ctrl+C ends)");

        // The stream may end; the page stays until it is closed.
        await page.FollowAsync(job, app.Lifetime.ApplicationStopping);

        // Clients that still listen are told to go, not waited for.
        await app.StopAsync(new CancellationToken(canceled: true));
    }
}
