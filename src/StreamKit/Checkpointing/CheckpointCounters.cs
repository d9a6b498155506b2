namespace StreamKit.Checkpointing;

/// <summary>What is counted of a job's checkpoints; written by the coordinator, read by anybody.</summary>
internal sealed class CheckpointCounters
{
    private long _completed;
    private long _failed;
    private long _failedInARow;
    private long _durationTicks;
    private StoredCheckpoint? _last;
    private Exception? _failure;

    /// <summary>How many have been completed since the job was started.</summary>
    public long Completed => Volatile.Read(ref _completed);

    /// <summary>How many were given up.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>How many were given up since the last that was completed.</summary>
    public long FailedInARow => Volatile.Read(ref _failedInARow);

    /// <summary>The last that was completed; null while there is none.</summary>
    public StoredCheckpoint? Last => Volatile.Read(ref _last);

    /// <summary>How long the last one took.</summary>
    public TimeSpan LastDuration => new(Volatile.Read(ref _durationTicks));

    /// <summary>Why the last one that was given up was; null while none was.</summary>
    public Exception? LastFailure => Volatile.Read(ref _failure);

    public void Complete(StoredCheckpoint checkpoint, TimeSpan duration)
    {
        Volatile.Write(ref _durationTicks, duration.Ticks);
        Volatile.Write(ref _last, checkpoint);
        Volatile.Write(ref _failedInARow, 0);
        Interlocked.Increment(ref _completed);
    }

    public void Fail(Exception failure)
    {
        Volatile.Write(ref _failure, failure);
        Interlocked.Increment(ref _failedInARow);
        Interlocked.Increment(ref _failed);
    }
}
