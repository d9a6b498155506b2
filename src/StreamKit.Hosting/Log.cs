using Microsoft.Extensions.Logging;

namespace StreamKit.Hosting;

/// <summary>What the host of pipelines logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Pipeline '{Pipeline}' is stopping ({Mode}, within {Timeout})")]
    public static partial void Stopping(ILogger logger, string pipeline, StopMode mode, TimeSpan timeout);

    [LoggerMessage(2, LogLevel.Information, "Pipeline '{Pipeline}' stopped ({Mode}) after {Elapsed}")]
    public static partial void Stopped(ILogger logger, string pipeline, StopMode mode, TimeSpan elapsed);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "Pipeline '{Pipeline}' could not stop in order ({Mode}) and is aborted: {Reason}; {Kept}")]
    public static partial void Aborting(ILogger logger, string pipeline, StopMode mode, string reason, string kept);

    [LoggerMessage(
        4,
        LogLevel.Error,
        "Pipeline '{Pipeline}' did not end within {Patience} after it was aborted: something in it does not listen to "
        + "its cancellation token; the application ends without it")]
    public static partial void DoesNotEnd(ILogger logger, string pipeline, TimeSpan patience);

    [LoggerMessage(5, LogLevel.Information, "Pipeline '{Pipeline}' has ended")]
    public static partial void Ended(ILogger logger, string pipeline);

    [LoggerMessage(6, LogLevel.Critical, "Pipeline '{Pipeline}' failed; the application stops")]
    public static partial void FailedAndStopsHost(ILogger logger, string pipeline, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "Pipeline '{Pipeline}' failed and stays down; its health check says so")]
    public static partial void FailedAndStaysDown(ILogger logger, string pipeline, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "The configuration has a section '{Section}', but there is no such pipeline")]
    public static partial void UnknownSection(ILogger logger, string section);
}
