namespace StreamKit.Checkpointing;

/// <summary>How a job takes checkpoints, as the rooms below the front door know it.</summary>
internal sealed record CheckpointSettings
{
    public required ICheckpointStore Store { get; init; }

    /// <summary>How long after the beginning of one checkpoint the next begins.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>How long a checkpoint may take before it is given up.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long to wait between the end of one and the beginning of the next.</summary>
    public required TimeSpan MinPause { get; init; }

    /// <summary>How many may be under way at the same time.</summary>
    public required int MaxConcurrent { get; init; }

    /// <summary>How many in a row may fail before the job does.</summary>
    public required int TolerableFailures { get; init; }

    /// <summary>How many completed ones are kept.</summary>
    public required int Retain { get; init; }

    /// <summary>Whether inputs wait for each other's barriers.</summary>
    public required bool AlignsBarriers { get; init; }

    /// <summary>Where a job that starts goes on from.</summary>
    public required StartChoice StartFrom { get; init; }

    /// <summary>Whether state that no operator takes up is left behind; else the job does not start.</summary>
    public required bool LeaveOrphans { get; init; }
}
