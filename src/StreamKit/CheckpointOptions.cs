using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Serialization;

namespace StreamKit;

/// <summary>How often and where a job takes checkpoints.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Where the checkpoints are kept.</summary>
    public required ICheckpointStore Store { get; init; }

    /// <summary>How long after the beginning of one checkpoint the next begins. Above zero.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>How long a checkpoint may take before it is abandoned. Above zero. Default: 10 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long to leave the job in peace between the end of one checkpoint and the beginning of the next. Default:
    /// zero.
    /// </summary>
    public TimeSpan MinPause { get; init; } = TimeSpan.Zero;

    /// <summary>How many checkpoints may be under way at the same time. From 1. Default: 1.</summary>
    public int MaxConcurrent { get; init; } = 1;

    /// <summary>How many checkpoints in a row may fail before the job fails. From 0. Default: 3.</summary>
    public int TolerableFailures { get; init; } = 3;

    /// <summary>
    /// How many completed checkpoints are kept, so that there is one to fall back to when the newest is damaged;
    /// savepoints are not counted and never removed. From 1. Default: 3.
    /// </summary>
    public int Retain { get; init; } = 3;

    /// <summary>What a checkpoint holds. Default: <see cref="CheckpointMode.ExactlyOnce"/>.</summary>
    public CheckpointMode Mode { get; init; } = CheckpointMode.ExactlyOnce;

    /// <summary>Where a job that starts goes on from. Default: the newest checkpoint that can be read.</summary>
    public StartPoint StartFrom { get; init; } = StartPoint.Latest;

    /// <summary>
    /// Whether state that no step of the pipeline has any more is left behind, with a warning. Default: no, the job
    /// does not start, because a step that was renamed by mistake would begin with nothing.
    /// </summary>
    public bool LeaveOrphans { get; init; }

    /// <summary>
    /// What must be kept from every source to every sink, whatever fails; where a pair cannot keep it, the job does not
    /// start. Default: null, nothing; <see cref="StreamJob.Guarantees"/> says what is kept.
    /// </summary>
    public SinkGuarantee? Require { get; init; }

    /// <summary>The serializers of what operators remember. Default: those that StreamKit brings.</summary>
    public StateTypes Types { get; init; } = new();

    internal CheckpointSettings ToSettings()
    {
        Check();
        return new CheckpointSettings
        {
            Store = Store,
            Every = Every,
            Timeout = Timeout,
            MinPause = MinPause,
            MaxConcurrent = MaxConcurrent,
            TolerableFailures = TolerableFailures,
            Retain = Retain,
            AlignsBarriers = Mode == CheckpointMode.ExactlyOnce,
            StartFrom = StartFrom.Choice,
            LeaveOrphans = LeaveOrphans,
        };
    }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Store);
        ArgumentNullException.ThrowIfNull(StartFrom);
        ArgumentNullException.ThrowIfNull(Types);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Every, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxConcurrent);
        ArgumentOutOfRangeException.ThrowIfNegative(TolerableFailures);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Retain);
    }
}
