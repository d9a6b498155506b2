using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>
/// Finds out where partitions begin of which a group has committed nothing; blocks while the brokers answer.
/// </summary>
internal abstract class StartOffsets
{
    /// <summary>The offset to begin at.</summary>
    /// <exception cref="KafkaException">Nobody has answered in time.</exception>
    public abstract long Find(TopicPartition partition, TimeSpan wait);
}
