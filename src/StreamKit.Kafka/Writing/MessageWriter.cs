using System.Buffers;
using Confluent.Kafka;
using Timestamp = StreamKit.Time.Timestamp;

namespace StreamKit.Kafka.Writing;

/// <summary>Makes messages of records, for one writer.</summary>
internal sealed class MessageWriter<T>(MessageFormat<T> format)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly KafkaSinkOptions<T> _options = format.Options;

    /// <summary>Where the message of a record goes, and the message.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Its event time.</param>
    public (TopicPartition To, Message<byte[]?, byte[]?> Message) Write(T record, Timestamp time)
    {
        string topic = format.Topic(record);
        byte[]? key = _options.Key is { } writesKey ? BytesOf(writesKey, record) : null;
        if (key is null && format.NeedsKey)
        {
            throw new KafkaStreamException(
                $"A record for '{topic}' has no key, and so nothing that it replaces. Give every record of an "
                + "upserting sink a key, or leave those without one out with Where.");
        }

        var message = new Message<byte[]?, byte[]?>
        {
            Key = key,
            Value = _options.IsTombstone?.Invoke(record) == true ? null : BytesOf(format.Value, record),
            Headers = _options.Headers?.Invoke(record),
            Timestamp = TimeOf(record, time),
        };
        Partition partition = _options.Partition is { } choose ? new Partition(choose(record)) : Partition.Any;
        return (new TopicPartition(topic, partition), message);
    }

    private byte[]? BytesOf(IKafkaSerializer<T> serializer, T record)
    {
        _bytes.ResetWrittenCount();
        return serializer.Serialize(record, _bytes) ? _bytes.WrittenSpan.ToArray() : null;
    }

    private Confluent.Kafka.Timestamp TimeOf(T record, Timestamp time)
    {
        if (_options.Time is { } choose)
        {
            return choose(record) is { } chosen ? new(chosen) : Confluent.Kafka.Timestamp.Default;
        }

        // Kafka's times are not negative: -1 is its word for none.
        return time.Ticks >= 0 && time < Timestamp.MaxValue
            ? new(time.Ticks / TimeSpan.TicksPerMillisecond, TimestampType.CreateTime)
            : Confluent.Kafka.Timestamp.Default;
    }
}
