namespace StreamKit.Checkpointing;

/// <summary>Another session was opened for the job, so this one may not write any more.</summary>
public sealed class CheckpointFencedException : Exception
{
    /// <summary>Says which job was taken over.</summary>
    /// <param name="job">The job's name.</param>
    public CheckpointFencedException(string job)
        : base(
            $"Job '{job}' was started again elsewhere and has taken over its checkpoints; this run may not write "
            + "there any more. Stop this run, or give the two jobs different names.") =>
        Job = job;

    /// <summary>The job's name.</summary>
    public string Job { get; }
}
