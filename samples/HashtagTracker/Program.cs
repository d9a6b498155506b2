using System.Net.Sockets;
using HashtagTracker;
using StreamKit;
using StreamKit.Diagnostics;

return args is ["produce", .. string[] rest]
    ? await RunAsync(
        ProduceOptions.TryParse(rest, out ProduceOptions produce, out string mistake),
        mistake,
        produce.Help ? ProduceOptions.Usage : null,
        () => Producer.RunAsync(produce))
    : await RunAsync(
        TrackerOptions.TryParse(args, out TrackerOptions options, out string error),
        error,
        options.Help ? TrackerOptions.Usage : null,
        () => Tracker.RunAsync(options));

static async Task<int> RunAsync(bool isUnderstood, string error, string? help, Func<Task> run)
{
    if (!isUnderstood)
    {
        Console.Error.WriteLine(error);
        return TrackerOptions.UsageExitCode;
    }

    if (help is not null)
    {
        Console.WriteLine(help);
        return 0;
    }

    try
    {
        await run();
        return 0;
    }
    catch (Exception exception) when (exception is StreamException or StartException
        or PipelineException or TrackerException or IOException or SocketException)
    {
        Console.Error.WriteLine(exception.Message);
        return TrackerOptions.FailureExitCode;
    }
}
