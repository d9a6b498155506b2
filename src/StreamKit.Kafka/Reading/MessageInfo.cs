using StreamKit.Time;

namespace StreamKit.Kafka.Reading;

/// <summary>What belongs to a message beside its key and its value.</summary>
internal readonly ref struct MessageInfo
{
    public required string Topic { get; init; }

    public required int Partition { get; init; }

    public required long Offset { get; init; }

    /// <summary>How many bytes key and value have.</summary>
    public required int Bytes { get; init; }

    public bool HasKey { get; init; }

    public bool HasValue { get; init; }

    public Timestamp Timestamp { get; init; }

    public IReadOnlyList<KafkaHeader> Headers { get; init; }
}
