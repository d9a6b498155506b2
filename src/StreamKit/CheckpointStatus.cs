using StreamKit.Checkpointing;
using StreamKit.Diagnostics;

namespace StreamKit;

/// <summary>How the checkpoints of a running job are doing.</summary>
public sealed record CheckpointStatus
{
    internal CheckpointStatus(CheckpointCounters counters, int restarts)
    {
        Last = counters.Last;
        LastDuration = counters.LastDuration;
        Completed = counters.Completed;
        Failed = counters.Failed;
        LastFailure = counters.LastFailure;
        Restarts = restarts;
    }

    /// <summary>The last that was completed since the job was started; null while there is none.</summary>
    public StoredCheckpoint? Last { get; }

    /// <summary>How long it took from its beginning until it was in the store.</summary>
    public TimeSpan LastDuration { get; }

    /// <summary>How many have been completed since the job was started.</summary>
    public long Completed { get; }

    /// <summary>How many were given up: they failed, or took too long.</summary>
    public long Failed { get; }

    /// <summary>Why the last one that was given up was; null while none was.</summary>
    public Exception? LastFailure { get; }

    /// <summary>How often the job has been started again after a failure.</summary>
    public int Restarts { get; }

    internal CheckpointReading ToReading() => new(
        Completed, Failed, Restarts, Last is null ? null : LastDuration.TotalSeconds, Last?.Bytes);
}
