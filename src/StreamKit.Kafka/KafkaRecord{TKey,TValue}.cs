using StreamKit.Time;

namespace StreamKit.Kafka;

/// <summary>A message of Kafka with everything that belongs to it.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public readonly record struct KafkaRecord<TKey, TValue>
{
    /// <summary>The topic that it was read from.</summary>
    public required string Topic { get; init; }

    /// <summary>The partition.</summary>
    public int Partition { get; init; }

    /// <summary>Its place in the partition.</summary>
    public long Offset { get; init; }

    /// <summary>
    /// When it was made, as its producer says, or when it was written, as the topic's message.timestamp.type has it;
    /// <see cref="Timestamp.MinValue"/> where it has no timestamp.
    /// </summary>
    public Timestamp Timestamp { get; init; }

    /// <summary>Its key; the default where it has none.</summary>
    public TKey? Key { get; init; }

    /// <summary>Whether it has a key.</summary>
    public bool HasKey { get; init; }

    /// <summary>Its value; the default where it has none.</summary>
    public TValue? Value { get; init; }

    /// <summary>Whether it has no value, which says of its key that it is deleted.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>Its headers in their order; often none.</summary>
    public required IReadOnlyList<KafkaHeader> Headers { get; init; }
}
