using Microsoft.Extensions.Logging;

namespace StreamKit.Twitter.Live;

/// <summary>What a filtered stream logs; reasons are free of tokens.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(1, LogLevel.Information, "'{Source}', connection {Connection}: {Reason}")]
    public static partial void Happened(ILogger logger, string source, int connection, string reason);

    [LoggerMessage(2, LogLevel.Warning, "'{Source}', connection {Connection}: {Reason}; next attempt in {Wait}")]
    public static partial void Failed(ILogger logger, string source, int connection, string reason, TimeSpan wait);

    [LoggerMessage(
        3,
        LogLevel.Error,
        "'{Source}', connection {Connection}: {Reason}; waits do not become longer than this: {Wait}")]
    public static partial void FailsOnAndOn(
        ILogger logger, string source, int connection, string reason, TimeSpan wait);

    [LoggerMessage(4, LogLevel.Warning, "'{Source}', connection {Connection}: {Reason}")]
    public static partial void Noteworthy(ILogger logger, string source, int connection, string reason);
}
