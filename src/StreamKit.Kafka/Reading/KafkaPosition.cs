using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>How far a partition was read, and how far event time had come there.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset to go on from; negative where nothing is known.</param>
/// <param name="Watermark">
/// No later record has a smaller timestamp; <see cref="Time.Timestamp.MinValue"/> where that is not known.
/// </param>
internal readonly record struct KafkaPosition(TopicPartition Partition, long Offset, Time.Timestamp Watermark);
