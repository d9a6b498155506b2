using Confluent.Kafka;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Reading;

/// <summary>What a source says when its client cannot go on.</summary>
internal static class SourceFailures
{
    /// <summary>Ends the source where its client has failed for good.</summary>
    /// <exception cref="KafkaStreamException">It has.</exception>
    public static void ThrowIfFatal(this ClientEvents events, KafkaConnection connection, string source)
    {
        if (events.Fatal is { } fatal)
        {
            throw Fatal(fatal, connection, source);
        }
    }

    public static KafkaStreamException Fatal(Error error, KafkaConnection connection, string source) => new(
        $"The Kafka client of '{source}' has failed for good ({error.Code}): {connection.Redact(error.Reason)}.");
}
