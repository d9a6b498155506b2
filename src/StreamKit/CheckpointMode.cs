namespace StreamKit;

/// <summary>What the state in a checkpoint is the work on.</summary>
public enum CheckpointMode
{
    /// <summary>
    /// Exactly the records before the checkpoint: a step with several inputs does not take more from one of them before
    /// the checkpoint's barrier has come from all. Results are those of a run without failure.
    /// </summary>
    ExactlyOnce,

    /// <summary>
    /// At least those records: no input waits, so a slow one does not hold the others up while a checkpoint is taken.
    /// After a failure some records count a second time. Only where inputs are of very different speed and that does
    /// not matter.
    /// </summary>
    AtLeastOnce,
}
