using System.Runtime.InteropServices;

namespace StreamKit.Kafka.Native;

/// <summary>What a source needs of librdkafka (rdkafka.h) and its client for .NET does not offer.</summary>
internal static unsafe partial class ConsumerApi
{
    /// <summary>RD_KAFKA_RESP_ERR__PARTITION_EOF.</summary>
    public const int PartitionEnd = -191;

    [LibraryImport(Librdkafka.Name)]
    public static partial nint rd_kafka_queue_get_consumer(SafeHandle client);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_queue_destroy(nint queue);

    [LibraryImport(Librdkafka.Name)]
    public static partial nint rd_kafka_consume_batch_queue(
        nint queue, int timeoutMilliseconds, NativeMessage** messages, nuint size);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_message_destroy(NativeMessage* message);

    [LibraryImport(Librdkafka.Name)]
    public static partial long rd_kafka_message_timestamp(NativeMessage* message, out int type);

    [LibraryImport(Librdkafka.Name)]
    public static partial nint rd_kafka_message_errstr(NativeMessage* message);

    [LibraryImport(Librdkafka.Name)]
    public static partial int rd_kafka_message_headers(NativeMessage* message, out nint headers);

    [LibraryImport(Librdkafka.Name)]
    public static partial int rd_kafka_header_get_all(
        nint headers, nuint index, out nint name, out byte* value, out nuint size);

    [LibraryImport(Librdkafka.Name)]
    public static partial nint rd_kafka_topic_name(nint topic);

    [LibraryImport(Librdkafka.Name)]
    public static partial PartitionList* rd_kafka_topic_partition_list_new(int size);

    [LibraryImport(Librdkafka.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial PartitionEntry* rd_kafka_topic_partition_list_add(
        PartitionList* list, string topic, int partition);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_topic_partition_list_destroy(PartitionList* list);

    [LibraryImport(Librdkafka.Name)]
    public static partial int rd_kafka_commit(SafeHandle client, PartitionList* offsets, int isAsync);

    [LibraryImport(Librdkafka.Name)]
    public static partial int rd_kafka_committed(SafeHandle client, PartitionList* partitions, int timeoutMilliseconds);

    [LibraryImport(Librdkafka.Name)]
    public static partial byte* rd_kafka_mem_malloc(SafeHandle client, nuint size);
}
