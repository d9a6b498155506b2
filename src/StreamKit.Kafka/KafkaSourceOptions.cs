using Confluent.Kafka;

namespace StreamKit.Kafka;

/// <summary>How topics are read.</summary>
public sealed record KafkaSourceOptions
{
    /// <summary>
    /// Where to begin with a partition of which no checkpoint says how far it was read. Default:
    /// <see cref="KafkaStart.Earliest"/>.
    /// </summary>
    public KafkaStart Start { get; init; } = KafkaStart.Earliest;

    /// <summary>
    /// Whether the source ends once it has read what was there when it was opened. Default: false, it waits for more,
    /// and for partitions and topics that come later. Not in a group.
    /// </summary>
    public bool StopAtEnd { get; init; }

    /// <summary>
    /// Membership in a consumer group: the brokers share the partitions out among all processes of the group. Default:
    /// null, this source reads all partitions, and the job's checkpoints say how far.
    /// </summary>
    public KafkaGroup? Group { get; init; }

    /// <summary>
    /// Without membership: the group under whose name the offsets of each completed checkpoint are committed, so that
    /// tools show how far behind the job is, and where <see cref="KafkaStart.Committed"/> begins. What is committed
    /// says nothing to a job that has a checkpoint. Default: null, none.
    /// </summary>
    public string? GroupId { get; init; }

    /// <summary>
    /// How often to look for new partitions, and new topics that match. Default: 1 min;
    /// <see cref="Timeout.InfiniteTimeSpan"/>: never. In a group the client looks by itself.
    /// </summary>
    public TimeSpan LookForTopicsEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long opening may take while no broker answers. Default: 1 min; <see cref="Timeout.InfiniteTimeSpan"/>: as
    /// long as it takes. Brokers that are lost later are waited for as long as it takes.
    /// </summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What to do when the next message of a partition is gone, because the topic's retention was faster. Default:
    /// <see cref="KafkaGap.Fail"/>.
    /// </summary>
    public KafkaGap WhenGone { get; init; }

    /// <summary>What to do with a message that has no value. Default: <see cref="KafkaTombstones.Report"/>.</summary>
    /// <remarks>A source of <see cref="KafkaRecord{TKey, TValue}"/> delivers it as a record.</remarks>
    public KafkaTombstones Tombstones { get; init; }

    /// <summary>
    /// Which messages of transactions are read. Default: <see cref="IsolationLevel.ReadCommitted"/>, those that are
    /// committed.
    /// </summary>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.ReadCommitted;

    /// <summary>
    /// How messages come out of the client. Default: <see cref="KafkaReadPath.Messages"/>. Not in a group.
    /// </summary>
    public KafkaReadPath Path { get; init; }

    /// <summary>
    /// How many records wait for the pipeline at most, all partitions together; each has its share, and at least one.
    /// From 1. Default: 65,536.
    /// </summary>
    public int BufferedRecords { get; init; } = 65_536;

    /// <summary>
    /// How many bytes of messages wait as records at most, all partitions together; each has its share, which its last
    /// message may exceed. From 1. Default: 64 MiB.
    /// </summary>
    public long BufferedBytes { get; init; } = 64 << 20;

    /// <summary>
    /// How many KiB of messages the client itself fetches ahead, in native memory, all partitions together
    /// (queued.max.messages.kbytes). From 1 to 2,097,151. Default: 65,536, which is 64 MiB.
    /// </summary>
    public int FetchAheadKiB { get; init; } = 64 << 10;

    internal KafkaSourceOptions Validated()
    {
        ArgumentNullException.ThrowIfNull(Start, nameof(Start));
        Check(Enum.IsDefined(WhenGone), nameof(WhenGone), WhenGone);
        Check(Enum.IsDefined(Tombstones), nameof(Tombstones), Tombstones);
        Check(Enum.IsDefined(Isolation), nameof(Isolation), Isolation);
        Check(Enum.IsDefined(Path), nameof(Path), Path);
        Check(BufferedRecords >= 1, nameof(BufferedRecords), BufferedRecords);
        Check(BufferedBytes >= 1, nameof(BufferedBytes), BufferedBytes);
        Check(FetchAheadKiB is >= 1 and <= 2_097_151, nameof(FetchAheadKiB), FetchAheadKiB);
        Check(IsWait(LookForTopicsEvery), nameof(LookForTopicsEvery), LookForTopicsEvery);
        Check(IsWait(OpenTimeout), nameof(OpenTimeout), OpenTimeout);
        if (GroupId is { } id && string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("The name of a group is not empty.", nameof(GroupId));
        }

        if (Group is not null)
        {
            Group.Validate();
            ValidateMembership();
        }
        else if (Start.Kind == KafkaStartKind.Committed && GroupId is null)
        {
            throw new ArgumentException("To begin where a group has come to, name it: GroupId.", nameof(Start));
        }

        return this;
    }

    private void ValidateMembership()
    {
        if (StopAtEnd)
        {
            throw new ArgumentException(
                "A member of a group does not know all partitions, so it cannot end with them: leave out StopAtEnd or "
                + "Group.");
        }

        if (GroupId is not null)
        {
            throw new ArgumentException("A member of a group commits in its name: leave out GroupId.");
        }

        if (Path == KafkaReadPath.Batches)
        {
            throw new ArgumentException(
                "Batches are read without a group only, for the group's messages come between: leave out Path or "
                + "Group.");
        }
    }

    private static bool IsWait(TimeSpan time) => time > TimeSpan.Zero || time == Timeout.InfiniteTimeSpan;

    private static void Check(bool holds, string name, object value)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, "It is outside its range.");
        }
    }
}
