using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>Asks through a consumer, within its own callbacks, where nothing else may be awaited.</summary>
internal sealed class StartOffsets<TKey, TValue>(IConsumer<TKey, TValue> consumer, KafkaStart start) : StartOffsets
{
    public override long Find(TopicPartition partition, TimeSpan wait) => Find(partition, start, wait);

    private long Find(TopicPartition partition, KafkaStart from, TimeSpan wait)
    {
        switch (from.Kind)
        {
            case KafkaStartKind.Committed:
                return Find(partition, from.Otherwise ?? KafkaStart.Earliest, wait);
            case KafkaStartKind.Earliest:
                return consumer.QueryWatermarkOffsets(partition, wait).Low.Value;
            case KafkaStartKind.Timestamp:
                var time = new Confluent.Kafka.Timestamp(from.Milliseconds, TimestampType.NotAvailable);
                long found = consumer.OffsetsForTimes([new TopicPartitionTimestamp(partition, time)], wait)
                    .Single().Offset.Value;
                return found >= 0 ? found : consumer.QueryWatermarkOffsets(partition, wait).High.Value;
            default:
                return consumer.QueryWatermarkOffsets(partition, wait).High.Value;
        }
    }
}
