using Microsoft.Extensions.Logging;

namespace StreamKit.Social.Live;

/// <summary>What live streams log; reasons are free of tokens.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(1, LogLevel.Information, "'{Source}': connected")]
    public static partial void Connected(ILogger logger, string source);

    [LoggerMessage(2, LogLevel.Warning, "'{Source}': {Reason}; taken up again at once")]
    public static partial void Lost(ILogger logger, string source, string reason);

    [LoggerMessage(3, LogLevel.Warning, "'{Source}': {Reason}; next attempt in {Wait}")]
    public static partial void Failed(ILogger logger, string source, string reason, TimeSpan wait);

    [LoggerMessage(4, LogLevel.Warning, "'{Source}': the gap could not be filled: {Reason}")]
    public static partial void GapRemains(ILogger logger, string source, string reason);
}
