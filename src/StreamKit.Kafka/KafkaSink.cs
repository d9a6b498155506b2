using StreamKit.Connectors;
using StreamKit.Kafka.Writing;

namespace StreamKit.Kafka;

/// <summary>Sinks that write to topics of Kafka.</summary>
/// <remarks>
/// <para>
/// The producer is idempotent: what librdkafka sends again after a failure is there once, and the messages of a
/// partition keep their order. A checkpoint waits until brokers have acknowledged everything before it. After a crash
/// and a restart from a checkpoint, records that were written since are written again: at least once, unless
/// <see cref="KafkaSinkOptions{T}.TransactionalId"/> is given.
/// </para>
/// <para>
/// Brokers that go away and come back only delay: the pipeline waits when
/// <see cref="KafkaSinkOptions{T}.MaxInFlight"/> messages are on their way, and the job fails, with a
/// <see cref="KafkaStreamException"/>, when one has not arrived within
/// <see cref="KafkaSinkOptions{T}.DeliveryTimeout"/>.
/// </para>
/// </remarks>
public static class KafkaSink
{
    /// <summary>Writes a message for each record.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic; whether it is made where it is missing, the brokers decide.</param>
    /// <param name="value">The value of the message of a record.</param>
    /// <param name="options">Keys, headers, times, batches, transactions; null for the defaults.</param>
    /// <example><code>
    /// orders.To(KafkaSink.To(connection, "orders", KafkaFormat.Json(OrderContext.Default.Order)), "orders")
    /// </code></example>
    public static ISink<T> To<T>(
        KafkaConnection connection, string topic, IKafkaSerializer<T> value, KafkaSinkOptions<T>? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        return Create(connection, new MessageFormat<T>(topic, value, options ?? new()), SinkMode.Append);
    }

    /// <summary>Writes a message for each record, to a topic that the record names.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic of a record.</param>
    /// <param name="value">The value of the message of a record.</param>
    /// <param name="options">Keys, headers, times, batches, transactions; null for the defaults.</param>
    public static ISink<T> To<T>(
        KafkaConnection connection,
        Func<T, string> topic,
        IKafkaSerializer<T> value,
        KafkaSinkOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return Create(connection, new MessageFormat<T>(topic, value, options ?? new()), SinkMode.Append);
    }

    /// <summary>Keeps the newest record of each key, in a compacted topic.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic; its cleanup.policy should be "compact".</param>
    /// <param name="key">
    /// The key of a record: what one record replaces another by, so for results of windows the key <em>and</em> the
    /// window.
    /// </param>
    /// <param name="value">
    /// The value of the message of a record; where it is null, the key is deleted (a tombstone).
    /// </param>
    /// <param name="options">Headers, times, batches, transactions; null for the defaults.</param>
    /// <remarks>
    /// Records that are written again after a failure replace themselves (<see cref="SinkGuarantee.Idempotent"/>). With
    /// <see cref="KafkaSinkOptions{T}.IsTombstone"/> the sink understands retractions (<see cref="SinkMode.Retract"/>).
    /// </remarks>
    public static ISink<T> Upsert<T>(
        KafkaConnection connection,
        string topic,
        IKafkaSerializer<T> key,
        IKafkaSerializer<T> value,
        KafkaSinkOptions<T>? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(key);
        var format = new MessageFormat<T>(topic, value, (options ?? new()) with { Key = key }) { NeedsKey = true };
        return Create(connection, format, SinkMode.Upsert);
    }

    private static ISink<T> Create<T>(KafkaConnection connection, MessageFormat<T> format, SinkMode mode)
    {
        ArgumentNullException.ThrowIfNull(connection);
        SinkMode understood = format.Options.IsTombstone is null ? mode : SinkMode.Retract;
        return format.Options.TransactionalId is null
            ? new KafkaRecordSink<T>(connection, format, understood)
            : new TransactionalSink<T>(connection, format, understood);
    }
}
