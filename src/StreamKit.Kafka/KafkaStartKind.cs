namespace StreamKit.Kafka;

/// <summary>The ways to begin.</summary>
internal enum KafkaStartKind
{
    Earliest,
    Latest,
    Timestamp,
    Committed,
}
