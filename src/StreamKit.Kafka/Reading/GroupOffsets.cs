using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using StreamKit.Kafka.Native;

namespace StreamKit.Kafka.Reading;

/// <summary>The offsets that a group has committed, and beside each how far event time had come.</summary>
/// <remarks>
/// Kafka keeps a text beside a committed offset, which the client for .NET neither writes nor reads; librdkafka does.
/// Where it cannot be called here, offsets are committed without it, and a new owner of a partition does not know how
/// far event time had come.
/// </remarks>
internal abstract class GroupOffsets
{
    private const string Prefix = "streamkit:w=";

    public static GroupOffsets Of<TKey, TValue>(IConsumer<TKey, TValue> consumer)
    {
        SafeHandle? handle = ClientHandle.Find(consumer, out _);
        return handle is null ? new Plain<TKey, TValue>(consumer) : new WithWatermarks(handle);
    }

    /// <summary>Commits; returns when the broker has it.</summary>
    /// <exception cref="KafkaException">It was refused, or nobody answered.</exception>
    public abstract void Commit(IReadOnlyCollection<KafkaPosition> positions);

    /// <summary>Reads what is committed; blocks until the broker has answered.</summary>
    /// <exception cref="KafkaException">Nobody has answered in time.</exception>
    public abstract IReadOnlyList<KafkaPosition> Read(IReadOnlyCollection<TopicPartition> partitions, TimeSpan wait);

    internal static string Write(Time.Timestamp watermark) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{watermark.Ticks}");

    /// <summary>What a text says; nothing where it is somebody else's.</summary>
    internal static Time.Timestamp Parse(string? text) =>
        text?.StartsWith(Prefix, StringComparison.Ordinal) == true
        && long.TryParse(
            text.AsSpan(Prefix.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ticks)
            ? new Time.Timestamp(ticks)
            : Time.Timestamp.MinValue;

    private sealed class Plain<TKey, TValue>(IConsumer<TKey, TValue> consumer) : GroupOffsets
    {
        public override void Commit(IReadOnlyCollection<KafkaPosition> positions) => consumer.Commit(
            positions.Select(static position => new TopicPartitionOffset(position.Partition, position.Offset)));

        public override IReadOnlyList<KafkaPosition> Read(
            IReadOnlyCollection<TopicPartition> partitions, TimeSpan wait) =>
        [
            .. consumer.Committed(partitions, wait).Select(
                static at => new KafkaPosition(at.TopicPartition, at.Offset.Value, Time.Timestamp.MinValue)),
        ];
    }

    private sealed unsafe class WithWatermarks(SafeHandle client) : GroupOffsets
    {
        public override void Commit(IReadOnlyCollection<KafkaPosition> positions)
        {
            PartitionList* list = ConsumerApi.rd_kafka_topic_partition_list_new(positions.Count);
            try
            {
                foreach (KafkaPosition position in positions)
                {
                    PartitionEntry* entry = ConsumerApi.rd_kafka_topic_partition_list_add(
                        list, position.Partition.Topic, position.Partition.Partition.Value);
                    entry->Offset = position.Offset;
                    if (position.Watermark != Time.Timestamp.MinValue)
                    {
                        // The library frees it with the list, so it must be the library's.
                        byte[] text = Encoding.UTF8.GetBytes(Write(position.Watermark));
                        byte* copy = ConsumerApi.rd_kafka_mem_malloc(client, (nuint)text.Length);
                        text.CopyTo(new Span<byte>(copy, text.Length));
                        (entry->Metadata, entry->MetadataSize) = ((nint)copy, (nuint)text.Length);
                    }
                }

                Check(ConsumerApi.rd_kafka_commit(client, list, isAsync: 0));
                for (int i = 0; i < list->Count; i++)
                {
                    Check(list->Entries[i].Error);
                }
            }
            finally
            {
                ConsumerApi.rd_kafka_topic_partition_list_destroy(list);
            }
        }

        public override IReadOnlyList<KafkaPosition> Read(
            IReadOnlyCollection<TopicPartition> partitions, TimeSpan wait)
        {
            PartitionList* list = ConsumerApi.rd_kafka_topic_partition_list_new(partitions.Count);
            try
            {
                foreach (TopicPartition partition in partitions)
                {
                    ConsumerApi.rd_kafka_topic_partition_list_add(list, partition.Topic, partition.Partition.Value);
                }

                Check(ConsumerApi.rd_kafka_committed(client, list, (int)wait.TotalMilliseconds));
                var read = new List<KafkaPosition>(list->Count);
                for (int i = 0; i < list->Count; i++)
                {
                    PartitionEntry entry = list->Entries[i];
                    Check(entry.Error);
                    string? text = entry.Metadata == 0
                        ? null
                        : Marshal.PtrToStringUTF8(entry.Metadata, (int)entry.MetadataSize);
                    read.Add(new KafkaPosition(
                        new TopicPartition(Marshal.PtrToStringUTF8(entry.Topic), entry.Partition),
                        entry.Offset,
                        Parse(text)));
                }

                return read;
            }
            finally
            {
                ConsumerApi.rd_kafka_topic_partition_list_destroy(list);
            }
        }

        private static void Check(int error)
        {
            if (error != 0)
            {
                throw new KafkaException((ErrorCode)error);
            }
        }
    }
}
