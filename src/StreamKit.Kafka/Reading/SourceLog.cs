using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Reading;

/// <summary>What sources of Kafka log; reasons are free of secrets.</summary>
internal static partial class SourceLog
{
    [LoggerMessage(1, LogLevel.Warning, "'{Source}': {Code}, {Reason}; the client tries again")]
    public static partial void WillRetry(ILogger logger, string source, ErrorCode code, string reason);

    [LoggerMessage(2, LogLevel.Warning,
        "'{Source}': no answer from Kafka yet ({Reason}); asked again until {Timeout} have passed")]
    public static partial void NoAnswer(ILogger logger, string source, string reason, TimeSpan timeout);

    [LoggerMessage(3, LogLevel.Information, "'{Source}': {Split} is new and is read from offset {Offset}")]
    public static partial void NewPartition(ILogger logger, string source, string split, long offset);

    [LoggerMessage(4, LogLevel.Warning, "'{Source}': the topics could not be looked up: {Reason}")]
    public static partial void LookUpFailed(ILogger logger, string source, string reason);

    [LoggerMessage(5, LogLevel.Warning,
        "'{Source}': {Split} has no message at offset {Offset} any more and goes on at {Next}: the rest is lost")]
    public static partial void Gone(ILogger logger, string source, string split, long offset, long next);

    [LoggerMessage(6, LogLevel.Warning,
        "'{Source}': batches cannot be read here, so messages are read one at a time: {Reason}")]
    public static partial void NoBatches(ILogger logger, string source, string reason);

    [LoggerMessage(7, LogLevel.Warning, "'{Source}': the offsets could not be committed to the group: {Reason}")]
    public static partial void NotCommitted(ILogger logger, string source, string reason);

    [LoggerMessage(8, LogLevel.Warning, "'{Source}': the client did not close in order: {Reason}")]
    public static partial void NotClosed(ILogger logger, string source, string reason);

    [LoggerMessage(9, LogLevel.Information, "'{Source}': the group gives {Split}, read from offset {Offset}")]
    public static partial void Assigned(ILogger logger, string source, string split, long offset);

    [LoggerMessage(10, LogLevel.Information, "'{Source}': {Split} is handed over at offset {Offset}")]
    public static partial void HandedOver(ILogger logger, string source, string split, long offset);

    [LoggerMessage(11, LogLevel.Error,
        "'{Source}': the group has given {Splits} to others before they could be handed over; what was read of them "
        + "since the last commit is read again there")]
    public static partial void Lost(ILogger logger, string source, string splits);
}
