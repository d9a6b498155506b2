using StreamKit.Connectors;
using StreamKit.Kafka.Reading;

namespace StreamKit.Kafka;

/// <summary>Sources that read topics of Kafka.</summary>
/// <remarks>
/// <para>
/// Each partition is a split, named after topic and partition ("orders/3"), with watermarks and idleness of its own.
/// Its position is the offset of the next message. Without a group the job's checkpoints hold the positions, and every
/// partition is read by this job; with <see cref="KafkaSourceOptions.Group"/> the brokers share them out among
/// processes.
/// </para>
/// <para>
/// Opening fails with a <see cref="KafkaStreamException"/> when a topic that was named does not exist, or when no
/// broker answers for <see cref="KafkaSourceOptions.OpenTimeout"/>. Brokers that are lost later are waited for, and the
/// log says so; an error that no further attempt would mend fails the job. A message that cannot be read goes to the
/// job's error policy with its partition, its offset and the bytes of the part (key or value) that were not understood.
/// </para>
/// </remarks>
public static class KafkaSource
{
    /// <summary>Reads the values of messages.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">Where the brokers are.</param>
    /// <param name="topics">A topic, several, or a pattern.</param>
    /// <param name="value">How a value becomes a record; see <see cref="KafkaFormat"/>.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <remarks>Keys are not looked at.</remarks>
    /// <exception cref="ArgumentException">Options do not go together, or one is outside its range.</exception>
    /// <example><code>
    /// StreamBuilder.Create("orders").From(
    ///     KafkaSource.Values(
    ///         new KafkaConnection("localhost:9092"), "orders", KafkaFormat.Json(OrderContext.Default.Order)),
    ///     "orders")
    /// </code></example>
    public static ISource<T> Values<T>(
        KafkaConnection connection, KafkaTopics topics, IKafkaDeserializer<T> value, KafkaSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(value);
        KafkaSourceOptions read = (options ?? new()).Validated();
        return new KafkaRecordSource<NoKey, T, T>(
            new ConsumerSettings(connection, topics, read), new ValueFormat<T>(value, read.Tombstones));
    }

    /// <summary>Reads messages with their keys, headers, timestamps and places.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="connection">Where the brokers are.</param>
    /// <param name="topics">A topic, several, or a pattern.</param>
    /// <param name="key">How a key is read.</param>
    /// <param name="value">How a value is read.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="ArgumentException">Options do not go together, or one is outside its range.</exception>
    /// <example><code>
    /// builder.From(KafkaSource.Records(connection, "clicks", KafkaFormat.Utf8, KafkaFormat.BigEndian64), "clicks")
    ///     .WithEventTime(click => click.Timestamp, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(10)))
    /// </code></example>
    public static ISource<KafkaRecord<TKey, TValue>> Records<TKey, TValue>(
        KafkaConnection connection,
        KafkaTopics topics,
        IKafkaDeserializer<TKey> key,
        IKafkaDeserializer<TValue> value,
        KafkaSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        return new KafkaRecordSource<TKey, TValue, KafkaRecord<TKey, TValue>>(
            new ConsumerSettings(connection, topics, (options ?? new()).Validated()),
            new MessageFormat<TKey, TValue>(key, value));
    }
}
