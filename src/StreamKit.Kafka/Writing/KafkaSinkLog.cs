using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Writing;

/// <summary>What a sink does, or leaves, without being told.</summary>
internal static partial class KafkaSinkLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "'{Sink}' was closed with {Messages} messages that no broker had acknowledged; they may be there or "
            + "not.")]
    public static partial void LeftBehind(this ILogger logger, string sink, int messages);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Sink}' was closed, and its last messages failed. {Reason}")]
    public static partial void LastFailed(this ILogger logger, string sink, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Sink}' takes a transaction back and tries again. {Reason}")]
    public static partial void TriesAgain(this ILogger logger, string sink, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "'{Sink}' made the topic of markers '{Topic}'.")]
    public static partial void MadeMarkerTopic(this ILogger logger, string sink, string topic);
}
