using Confluent.Kafka;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Writing;

/// <summary>Says of a failure which message it met, and what to do.</summary>
internal sealed class DeliveryErrors(
    KafkaConnection connection,
    IReadOnlyDictionary<string, string> settings,
    ClientEvents events,
    TimeSpan deliveryTimeout)
{
    /// <summary>A message did not arrive.</summary>
    public KafkaStreamException Describe(Error error, TopicPartition to, Message<byte[]?, byte[]?>? message)
    {
        string partition = to.Partition == Partition.Any ? "(not chosen)" : $"{to.Partition.Value}";
        string key = message?.Key is { } bytes ? $"{bytes.Length} bytes" : "none";
        string value = message?.Value is { } content ? $"{content.Length} bytes" : "none";
        return Describe(
            error, $"A message did not reach topic '{to.Topic}' (partition {partition}, key: {key}, value: {value})");
    }

    /// <summary>Something else failed.</summary>
    /// <param name="error">What the client says.</param>
    /// <param name="what">What failed, without an end.</param>
    public KafkaStreamException Describe(Error error, string what)
    {
        // A fatal error of the client hides behind a general one.
        Error cause = error.Code == ErrorCode.Local_Fatal && events.Fatal is { } fatal ? fatal : error;
        string text = $"{what}: {cause.Code}, {cause.Reason.TrimEnd('.')}. {Advice(cause.Code)}";
        return new KafkaStreamException(connection.Redact(text, settings));
    }

    private string Advice(ErrorCode code) => code switch
    {
        ErrorCode.Local_MsgTimedOut =>
            $"No broker acknowledged it within {deliveryTimeout}{LastHeard()}. See that the brokers of "
            + $"{connection.BootstrapServers} are up and can be reached, or allow more time with DeliveryTimeout.",
        ErrorCode.Local_PurgeQueue or ErrorCode.Local_PurgeInflight =>
            $"Its transaction had failed before{LastHeard()}.",
        ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsgSize or ErrorCode.RecordListTooLarge =>
            "Write less in one message, or raise MaxMessageBytes of the sink and max.message.bytes of the topic.",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic =>
            "Create the topic, or let brokers create it (auto.create.topics.enable).",
        ErrorCode.Local_UnknownPartition =>
            "The topic has fewer partitions: see what the option Partition answers, or add partitions.",
        ErrorCode.TopicAuthorizationFailed =>
            "Allow the user to write to the topic (ACL WRITE and DESCRIBE).",
        ErrorCode.ClusterAuthorizationFailed =>
            "Allow the user to write idempotently (ACL IDEMPOTENT_WRITE on the cluster; brokers of 2.8 and later do).",
        ErrorCode.TransactionalIdAuthorizationFailed =>
            "Allow the user to use the transactional id (ACL WRITE and DESCRIBE on it).",
        ErrorCode.SaslAuthenticationFailed or ErrorCode.Local_Authentication =>
            "See that user, password and mechanism are those that the brokers know.",
        ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend =>
            "Fewer replicas are in sync than the topic demands (min.insync.replicas): bring brokers back.",
        ErrorCode.InvalidRecord =>
            "A compacted topic takes no message without a key: give records a key with the option Key.",
        ErrorCode.InvalidTimestamp =>
            "The topic takes no such time (log.message.timestamp.before.max.ms, .after.max.ms): see the option Time.",
        ErrorCode.InvalidTransactionTimeout =>
            "Brokers allow less: lower TransactionTimeout, or raise transaction.max.timeout.ms.",
        ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch =>
            "Another run has opened the same TransactionalId since and shut this one out. Where it is the same job "
            + "started again, all is well; where it is another sink, give each a name of its own.",
        ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_TimedOut
            or ErrorCode.Local_Resolve =>
            $"See that the brokers of {connection.BootstrapServers} are up and can be reached{LastHeard()}.",
        _ => "The names of errors are those of Kafka's protocol.",
    };

    private string LastHeard() => events.Last is { } last ? $" (last heard: {last.Reason.TrimEnd('.')})" : string.Empty;
}
