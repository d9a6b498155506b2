using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using StreamKit.Kafka.Native;

namespace StreamKit.Kafka.Mock;

/// <summary>
/// Brokers within this process that speak Kafka's protocol over sockets of the loopback, so that other processes reach
/// them too. Messages, keys, headers, groups, idempotent producers and injected faults are real.
/// </summary>
/// <remarks>
/// What is not: transactions (the calls succeed, but whatever is written is visible, offsets sent in one are not
/// stored, and nobody is fenced), compaction, retention but for the last 5 MB or 100,000 batches of each partition,
/// offsets by timestamp, and the requests of administrators. Nothing may be claimed of exactly once by it.
/// </remarks>
public sealed class MockCluster : IDisposable
{
    private static readonly bool Bound = Librdkafka.TryBind(typeof(MockCluster).Assembly);

    private readonly nint _client;
    private readonly nint _cluster;
    private bool _disposed;

    /// <summary>Starts brokers, with the numbers 1 and up.</summary>
    /// <param name="brokers">How many.</param>
    public MockCluster(int brokers = 1)
    {
        if (!Bound)
        {
            throw new InvalidOperationException("Something else decides what this assembly calls.");
        }

        Span<byte> error = stackalloc byte[512];
        nint conf = MockApi.rd_kafka_conf_new();

        // It warns of itself on the standard error otherwise.
        MockApi.rd_kafka_conf_set(conf, "log_level", "2", error, (nuint)error.Length);
        _client = MockApi.rd_kafka_new(MockApi.Producer, conf, error, (nuint)error.Length);
        if (_client == 0)
        {
            throw new InvalidOperationException($"No client: {TextOf(error)}.");
        }

        _cluster = MockApi.rd_kafka_mock_cluster_new(_client, brokers);
        if (_cluster == 0)
        {
            MockApi.rd_kafka_destroy(_client);
            throw new InvalidOperationException("No cluster.");
        }

        // Three seconds in a broker, so that members can gather; in a test all are there at once.
        MockApi.rd_kafka_mock_group_initial_rebalance_delay_ms(_cluster, 0);
        string? servers = Marshal.PtrToStringUTF8(MockApi.rd_kafka_mock_cluster_bootstraps(_cluster));
        Connection = new KafkaConnection(servers!); // The cluster is there, so it has an address.
    }

    /// <summary>How to reach the brokers.</summary>
    public KafkaConnection Connection { get; }

    /// <summary>"host:port" of the brokers.</summary>
    public string BootstrapServers => Connection.BootstrapServers;

    /// <summary>
    /// Has members of groups whose partitions the brokers share out (KIP-848) report so often, and takes their
    /// partitions away when nothing was heard for so long.
    /// </summary>
    public void SetGroupTimes(TimeSpan heartbeat, TimeSpan session)
    {
        MockApi.rd_kafka_mock_set_group_consumer_heartbeat_interval_ms(_cluster, (int)heartbeat.TotalMilliseconds);
        MockApi.rd_kafka_mock_set_group_consumer_session_timeout_ms(_cluster, (int)session.TotalMilliseconds);
    }

    /// <summary>Makes a topic; one that is only named in a request is made with four partitions.</summary>
    public void CreateTopic(string topic, int partitions, int replicas = 1) =>
        Check(MockApi.rd_kafka_mock_topic_create(_cluster, topic, partitions, replicas));

    /// <summary>
    /// Has every request for the topic refused, until it is called with <see cref="ErrorCode.NoError"/>.
    /// </summary>
    public void SetTopicError(string topic, ErrorCode error) =>
        MockApi.rd_kafka_mock_topic_set_error(_cluster, topic, (int)error);

    /// <summary>Has the next requests of a kind answered with these errors, one each, whoever sends them.</summary>
    public void FailNext(MockRequest request, params ReadOnlySpan<ErrorCode> errors) =>
        MockApi.rd_kafka_mock_push_request_errors_array(
            _cluster, (short)request, (nuint)errors.Length, MemoryMarshal.Cast<ErrorCode, int>(errors));

    /// <summary>Forgets the errors that no request has met yet.</summary>
    public void ClearErrors(MockRequest request) =>
        MockApi.rd_kafka_mock_clear_request_errors(_cluster, (short)request);

    /// <summary>Closes a broker's connections and refuses new ones; it keeps what it has.</summary>
    public void TakeDown(int broker = 1) => Check(MockApi.rd_kafka_mock_broker_set_down(_cluster, broker));

    /// <summary>Lets a broker accept connections again.</summary>
    public void BringUp(int broker = 1) => Check(MockApi.rd_kafka_mock_broker_set_up(_cluster, broker));

    /// <summary>Has a broker's answers come late.</summary>
    public void SetRoundTrip(TimeSpan time, int broker = 1) =>
        Check(MockApi.rd_kafka_mock_broker_set_rtt(_cluster, broker, (int)time.TotalMilliseconds));

    /// <summary>Moves a partition to another broker.</summary>
    public void SetLeader(string topic, int partition, int broker) =>
        Check(MockApi.rd_kafka_mock_partition_set_leader(_cluster, topic, partition, broker));

    /// <summary>Moves a group to another broker.</summary>
    public void SetGroupCoordinator(string group, int broker) =>
        Check(MockApi.rd_kafka_mock_coordinator_set(_cluster, "group", group, broker));

    /// <summary>Drops the messages of a partition before an offset, as retention would.</summary>
    public void DropBefore(string topic, int partition, long offset) =>
        Check(MockApi.rd_kafka_mock_partition_delete_records(_cluster, topic, partition, offset));

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            MockApi.rd_kafka_mock_cluster_destroy(_cluster);
            MockApi.rd_kafka_destroy(_client);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new KafkaException((ErrorCode)error);
        }
    }

    private static string TextOf(ReadOnlySpan<byte> text) =>
        Encoding.UTF8.GetString(text[..Math.Max(0, text.IndexOf((byte)0))]);
}
