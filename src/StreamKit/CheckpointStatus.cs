using StreamKit.Checkpointing;
using StreamKit.Diagnostics;

namespace StreamKit;

/// <summary>How the checkpoints of a running job are doing.</summary>
public sealed record CheckpointStatus
{
    internal CheckpointStatus(CheckpointCounters counters, int restarts, DateTimeOffset? lastRestart)
    {
        Last = counters.Last;
        LastDuration = counters.LastDuration;
        Completed = counters.Completed;
        Failed = counters.Failed;
        FailedInARow = counters.FailedInARow;
        LastFailure = counters.LastFailure;
        Restarts = restarts;
        LastRestart = lastRestart;
    }

    /// <summary>The last that was completed since the job was started; null while there is none.</summary>
    public StoredCheckpoint? Last { get; }

    /// <summary>How long it took from its beginning until it was in the store.</summary>
    public TimeSpan LastDuration { get; }

    /// <summary>How many have been completed since the job was started.</summary>
    public long Completed { get; }

    /// <summary>How many were given up: they failed, or took too long.</summary>
    public long Failed { get; }

    /// <summary>How many were given up since the last that was completed.</summary>
    public long FailedInARow { get; }

    /// <summary>Why the last one that was given up was; null while none was.</summary>
    public Exception? LastFailure { get; }

    /// <summary>How often the job has been started again after a failure.</summary>
    public int Restarts { get; }

    /// <summary>When the job failed and was last set to start again, by its clock; null where it never was.</summary>
    public DateTimeOffset? LastRestart { get; }

    internal CheckpointReading ToReading() => new(
        Completed, Failed, Restarts, Last is null ? null : LastDuration.TotalSeconds, Last?.Bytes);
}
