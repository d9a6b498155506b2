using StreamKit.Time;

namespace StreamKit.Kafka;

/// <summary>Where a source begins to read a partition of which no checkpoint says how far it was read.</summary>
/// <remarks>
/// A checkpoint always wins. A partition that is found while the job runs is read from its first message on, for it is
/// new, and what came into it before it was found must not be lost.
/// </remarks>
public sealed class KafkaStart
{
    private KafkaStart(KafkaStartKind kind, Timestamp time, KafkaStart? otherwise) =>
        (Kind, Time, Otherwise) = (kind, time, otherwise);

    /// <summary>With the first message that the partition still has. The default.</summary>
    public static KafkaStart Earliest { get; } = new(KafkaStartKind.Earliest, default, null);

    /// <summary>With what is written after the source was opened.</summary>
    public static KafkaStart Latest { get; } = new(KafkaStartKind.Latest, default, null);

    internal KafkaStartKind Kind { get; }

    internal Timestamp Time { get; }

    /// <summary>
    /// The time as Kafka counts it, the next millisecond: a message within the one that it lies in may be before it.
    /// </summary>
    internal long Milliseconds =>
        (long)Math.Ceiling(Time.Ticks / (decimal)TimeSpan.TicksPerMillisecond);

    internal KafkaStart? Otherwise { get; }

    /// <summary>
    /// With the first message whose timestamp is at or after an instant, as the broker's index finds it; at the end of
    /// a partition that has none.
    /// </summary>
    /// <param name="time">The instant; Kafka counts milliseconds.</param>
    public static KafkaStart At(Timestamp time) => new(KafkaStartKind.Timestamp, time, null);

    /// <summary>Where the consumer group has come to, as the broker has it committed.</summary>
    /// <param name="otherwise">Where a partition begins of which nothing is committed.</param>
    /// <remarks>
    /// Needs <see cref="KafkaSourceOptions.GroupId"/>. A source that is a member of a group does so anyway.
    /// </remarks>
    /// <exception cref="ArgumentException">It is this start again.</exception>
    public static KafkaStart Committed(KafkaStart otherwise)
    {
        ArgumentNullException.ThrowIfNull(otherwise);
        return otherwise.Kind != KafkaStartKind.Committed
            ? new(KafkaStartKind.Committed, default, otherwise)
            : throw new ArgumentException(
                "Where nothing is committed, something else must say where to begin.", nameof(otherwise));
    }
}
