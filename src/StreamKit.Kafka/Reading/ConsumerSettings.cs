using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>How the client of a source is set up.</summary>
internal sealed class ConsumerSettings(KafkaConnection connection, KafkaTopics topics, KafkaSourceOptions options)
{
    // The client insists on a group, even where it joins none and commits nothing.
    private const string NoGroup = "streamkit-no-group";

    public KafkaConnection Connection => connection;

    public KafkaTopics Topics => topics;

    public KafkaSourceOptions Options => options;

    /// <summary>The topic, where it can be only one.</summary>
    public string? OnlyTopic { get; } = topics.Names is [var name] ? name : null;

    public ConsumerConfig Configure()
    {
        var config = new ConsumerConfig
        {
            GroupId = options.Group?.Id ?? options.GroupId ?? NoGroup,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,

            // Every partition begins at a number, so this is about messages that are gone, and nobody goes on unseen.
            AutoOffsetReset = AutoOffsetReset.Error,
            EnablePartitionEof = options.StopAtEnd,
            IsolationLevel = options.Isolation,
            AllowAutoCreateTopics = false,
            QueuedMaxMessagesKbytes = options.FetchAheadKiB,
            QueuedMinMessages = 1_000_000,
            MaxPartitionFetchBytes = 8 << 20,
            FetchWaitMaxMs = 50,

            // By default a second, in which a pipeline that has emptied the client's queue has nothing to do.
            FetchQueueBackoffMs = 5,
        };
        if (options.Group is { } group)
        {
            Join(config, group);
        }

        return connection.Configure(config);
    }

    private static void Join(ConsumerConfig config, KafkaGroup group)
    {
        config.GroupInstanceId = group.InstanceId;
        if (group.Protocol == KafkaGroupProtocol.Broker)
        {
            config.GroupProtocol = GroupProtocol.Consumer;
            return;
        }

        config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
        config.SessionTimeoutMs = (int)group.SessionTimeout.TotalMilliseconds;
        config.HeartbeatIntervalMs = Math.Min(3_000, Math.Max(1, config.SessionTimeoutMs.Value / 3));
    }
}
