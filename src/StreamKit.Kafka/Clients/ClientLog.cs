using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Clients;

/// <summary>What the client says, passed on.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(Message = "librdkafka, {Facility}: {Message}")]
    public static partial void ClientSaid(this ILogger logger, LogLevel level, string facility, string message);

    [LoggerMessage(Message = "Kafka, {Code}: {Reason}")]
    public static partial void ClientFailed(this ILogger logger, LogLevel level, ErrorCode code, string reason);
}
