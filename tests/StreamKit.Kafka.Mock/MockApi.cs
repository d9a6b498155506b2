using System.Runtime.InteropServices;
using StreamKit.Kafka.Native;

namespace StreamKit.Kafka.Mock;

/// <summary>
/// The mock cluster that librdkafka has for its own tests (rdkafka_mock.h), as far as it is used here.
/// </summary>
internal static partial class MockApi
{
    public const int Producer = 0;

    [LibraryImport(Librdkafka.Name)]
    public static partial nint rd_kafka_conf_new();

    [LibraryImport(Librdkafka.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_conf_set(nint conf, string name, string value, Span<byte> error, nuint size);

    [LibraryImport(Librdkafka.Name)]
    public static partial nint rd_kafka_new(int type, nint conf, Span<byte> error, nuint size);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_destroy(nint client);

    [LibraryImport(Librdkafka.Name)]
    public static partial nint rd_kafka_mock_cluster_new(nint client, int brokers);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_mock_cluster_destroy(nint cluster);

    [LibraryImport(Librdkafka.Name)]
    public static partial nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_mock_group_initial_rebalance_delay_ms(nint cluster, int milliseconds);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_mock_set_group_consumer_session_timeout_ms(nint cluster, int milliseconds);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_mock_set_group_consumer_heartbeat_interval_ms(nint cluster, int milliseconds);

    [LibraryImport(Librdkafka.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_mock_topic_create(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(Librdkafka.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void rd_kafka_mock_topic_set_error(nint cluster, string topic, int error);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_mock_push_request_errors_array(
        nint cluster, short apiKey, nuint count, ReadOnlySpan<int> errors);

    [LibraryImport(Librdkafka.Name)]
    public static partial void rd_kafka_mock_clear_request_errors(nint cluster, short apiKey);

    [LibraryImport(Librdkafka.Name)]
    public static partial int rd_kafka_mock_broker_set_down(nint cluster, int broker);

    [LibraryImport(Librdkafka.Name)]
    public static partial int rd_kafka_mock_broker_set_up(nint cluster, int broker);

    [LibraryImport(Librdkafka.Name)]
    public static partial int rd_kafka_mock_broker_set_rtt(nint cluster, int broker, int milliseconds);

    [LibraryImport(Librdkafka.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_mock_partition_set_leader(
        nint cluster, string topic, int partition, int broker);

    [LibraryImport(Librdkafka.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_mock_coordinator_set(nint cluster, string kind, string key, int broker);

    [LibraryImport(Librdkafka.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_mock_partition_delete_records(
        nint cluster, string topic, int partition, long before);
}
