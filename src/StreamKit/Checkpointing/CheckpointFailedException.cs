namespace StreamKit.Checkpointing;

/// <summary>So many checkpoints in a row failed that the job could no longer be brought back to where it is.</summary>
public sealed class CheckpointFailedException : Exception
{
    internal CheckpointFailedException(string job, int failures, Exception cause)
        : base(
            failures == 1
                ? $"A checkpoint of the job '{job}' failed: {cause.Message}"
                : $"{failures} checkpoints of the job '{job}' failed in a row, the last one because: {cause.Message}",
            cause)
    {
    }
}
