using System.Net.Sockets;
using HashtagTracker;
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

try
{
    await Tracker.RunAsync(options);
    return 0;
}
catch (Exception exception) when (exception is StreamException or PipelineException
    or TrackerException or IOException or SocketException)
{
    Console.Error.WriteLine(exception.Message);
    return TrackerOptions.FailureExitCode;
}
