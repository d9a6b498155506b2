namespace StreamKit.Kafka;

/// <summary>Membership in a consumer group, so that several processes share the partitions.</summary>
public sealed record KafkaGroup
{
    /// <summary>Names the group.</summary>
    /// <param name="id">The same for all members.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public KafkaGroup(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        Id = id;
    }

    /// <summary>The group's name.</summary>
    public string Id { get; }

    /// <summary>How partitions are shared out. Default: <see cref="KafkaGroupProtocol.Cooperative"/>.</summary>
    public KafkaGroupProtocol Protocol { get; init; }

    /// <summary>
    /// When it is said how far the group has come. Default: <see cref="KafkaCommit.WithCheckpoints"/>; a job that takes
    /// none does not open the source unless the other is chosen.
    /// </summary>
    public KafkaCommit Commit { get; init; }

    /// <summary>How often to commit without checkpoints. Default: 5 s; above zero.</summary>
    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A name of this member that stays the same when its process is started again, so that its partitions wait for it
    /// as long as the session lasts. Default: null, a member that leaves gives its partitions away.
    /// </summary>
    public string? InstanceId { get; init; }

    /// <summary>
    /// After how long a silent member has lost its partitions. Default: 45 s. With
    /// <see cref="KafkaGroupProtocol.Broker"/> the brokers set it, and this is ignored.
    /// </summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// How long a partition that moves may keep the pipeline busy with what was read of it, and with the checkpoint
    /// that holds it. Default: 1 min; above zero and below 5 min, after which the brokers wait no longer.
    /// </summary>
    /// <remarks>
    /// Where it does not suffice, a job with checkpoints fails and goes on from the last one, for only there is it
    /// known what the next owner will read.
    /// </remarks>
    public TimeSpan HandOverTimeout { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        Check(Enum.IsDefined(Protocol), nameof(Protocol), Protocol);
        Check(Enum.IsDefined(Commit), nameof(Commit), Commit);
        Check(CommitEvery > TimeSpan.Zero, nameof(CommitEvery), CommitEvery);
        Check(SessionTimeout > TimeSpan.Zero, nameof(SessionTimeout), SessionTimeout);
        Check(
            HandOverTimeout > TimeSpan.Zero && HandOverTimeout < TimeSpan.FromMinutes(5),
            nameof(HandOverTimeout),
            HandOverTimeout);
        if (InstanceId is { Length: 0 })
        {
            throw new ArgumentException("A name of a member is not empty.", nameof(InstanceId));
        }
    }

    private static void Check(bool holds, string name, object value)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, "It is outside its range.");
        }
    }
}
