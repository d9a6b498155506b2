using System.Collections.ObjectModel;
using Confluent.Kafka;

namespace StreamKit.Kafka;

/// <summary>How records become messages, and how they are sent.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public sealed record KafkaSinkOptions<T>
{
    /// <summary>
    /// The key of the message of a record, such as
    /// <c>KafkaFormat.Utf8.Of((Order order) => order.Customer)</c>. Messages of one key go to one partition, and keep
    /// their order there. Default: null, no keys.
    /// </summary>
    public IKafkaSerializer<T>? Key { get; init; }

    /// <summary>The headers of the message of a record. Default: null, none.</summary>
    public Func<T, Headers?>? Headers { get; init; }

    /// <summary>
    /// The time of the message of a record; where it gives null, the time of sending. Kafka counts milliseconds and
    /// begins in 1970. Default: null, the event time of the record, and the time of sending where it has none.
    /// </summary>
    /// <remarks>
    /// Brokers delete by this time: with the event times of last year, a topic that keeps a week loses what is written
    /// to it.
    /// </remarks>
    public Func<T, DateTimeOffset?>? Time { get; init; }

    /// <summary>
    /// The partition of the message of a record, from 0. Default: null, <see cref="Partitioner"/> says it by the key.
    /// </summary>
    public Func<T, int>? Partition { get; init; }

    /// <summary>
    /// Which partition a key belongs to. Default: <see cref="Confluent.Kafka.Partitioner.Murmur2Random"/>, as clients
    /// in Java choose it, so that their messages of one key lie with those of this sink.
    /// </summary>
    public Partitioner Partitioner { get; init; } = Partitioner.Murmur2Random;

    /// <summary>
    /// Which records delete their key: what is written for them has no value (a tombstone), and a compacted topic
    /// forgets the key. The sink understands retractions then:
    /// <c>result => result.Pane.IsRetraction</c>. Default: null, none.
    /// </summary>
    public Func<T, bool>? IsTombstone { get; init; }

    /// <summary>
    /// How long a message may wait for others to be sent with; a flush takes this much longer. From 0 to 1 second.
    /// Default: 5 milliseconds.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// How many bytes of one partition are sent together at most. From 1 byte to 1 GiB. Default: 1,000,000.
    /// </summary>
    public int BatchBytes { get; init; } = 1_000_000;

    /// <summary>How batches are compressed. Default: <see cref="CompressionType.None"/>.</summary>
    public CompressionType Compression { get; init; } = CompressionType.None;

    /// <summary>
    /// How long a message may be, in bytes; topics have a limit of their own (max.message.bytes). From 1,000 to
    /// 1,000,000,000. Default: 1,000,000.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 1_000_000;

    /// <summary>
    /// How many messages may be on their way; when there are so many, the pipeline waits. From 1 to 10,000,000.
    /// Default: 100,000.
    /// </summary>
    public int MaxInFlight { get; init; } = 100_000;

    /// <summary>
    /// How many bytes may be on their way, in memory of librdkafka; when there are so many, the pipeline waits. From 1
    /// MiB to 2 TiB. Default: 64 MiB.
    /// </summary>
    public long MaxInFlightBytes { get; init; } = 64L << 20;

    /// <summary>
    /// How long it may take until brokers have a message for good, with everything that is tried again meanwhile. Then
    /// the job fails. From 1 second to 1 day. Default: 2 minutes.
    /// </summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long to try to reach a broker when the job starts; then it fails. From 1 second to 1 day. Default: 30
    /// seconds.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What this sink is called in transactions. Where it is given and the job takes checkpoints, records are written
    /// in one transaction for each checkpoint, and every reader with <c>isolation.level=read_committed</c> sees each of
    /// them exactly once. Default: null, at least once.
    /// </summary>
    /// <remarks>
    /// No other sink of the cluster may have the name, and it stays when the job is started again, on whatever machine:
    /// whoever opens it last shuts out all others. Records lie in the checkpoint until they are written, so their type
    /// needs a serializer. They appear with the checkpoint: its interval is the delay of the output.
    /// </remarks>
    public string? TransactionalId { get; init; }

    /// <summary>
    /// Where transactions leave the number of the checkpoint that they belong to: a compacted topic, of which partition
    /// 0 is used, and which sinks may share. It is made where it is missing. Default: "__streamkit_commits".
    /// </summary>
    public string MarkerTopic { get; init; } = "__streamkit_commits";

    /// <summary>
    /// How long brokers leave a transaction open whose writer is silent, and how long committing is tried. Brokers have
    /// a limit (transaction.max.timeout.ms, 15 minutes). From 1 second to 1 day. Default: 1 minute.
    /// </summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Further settings of the producer by librdkafka's names, such as "socket.send.buffer.bytes"; they win over those
    /// of the connection and over all above. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    internal KafkaSinkOptions<T> Validated()
    {
        InRange(Linger, TimeSpan.Zero, TimeSpan.FromSeconds(1), nameof(Linger));
        InRange(BatchBytes, 1, 1 << 30, nameof(BatchBytes));
        InRange(MaxMessageBytes, 1000, 1_000_000_000, nameof(MaxMessageBytes));
        InRange(MaxInFlight, 1, 10_000_000, nameof(MaxInFlight));
        InRange(MaxInFlightBytes, 1L << 20, 1L << 41, nameof(MaxInFlightBytes));
        InRange(DeliveryTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(DeliveryTimeout));
        InRange(ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(ConnectTimeout));
        InRange(TransactionTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(TransactionTimeout));
        ArgumentException.ThrowIfNullOrEmpty(MarkerTopic, nameof(MarkerTopic));
        if (TransactionalId is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(TransactionalId, nameof(TransactionalId));
        }

        return this;
    }

    private static void InRange<TValue>(TValue value, TValue least, TValue most, string name)
        where TValue : IComparable<TValue>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
