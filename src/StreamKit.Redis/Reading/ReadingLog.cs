using Microsoft.Extensions.Logging;

namespace StreamKit.Redis.Reading;

/// <summary>What a source does without being told.</summary>
internal static partial class ReadingLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "'{Step}' goes on behind a gap in the stream '{Stream}': it has read up to {Last}, which has been "
            + "removed, and the next entry is {First}.")]
    public static partial void GapInStream(this ILogger logger, string step, string stream, string last, string first);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "'{Step}' has taken over {Count} entries of the stream '{Stream}' that '{Consumer}' has not "
            + "acknowledged.")]
    public static partial void TakenOver(
        this ILogger logger, string step, int count, string stream, string consumer);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "'{Step}' reads no further in the stream '{Stream}': {Count} entries wait for a checkpoint to be "
            + "complete.")]
    public static partial void TooManyUnacknowledged(this ILogger logger, string step, string stream, int count);
}
