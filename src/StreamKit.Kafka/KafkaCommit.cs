namespace StreamKit.Kafka;

/// <summary>When a member of a group says how far it has come.</summary>
public enum KafkaCommit
{
    /// <summary>
    /// When a checkpoint is complete, and only what is in it; a partition is let go after a checkpoint that holds all
    /// that was read of it. The job must take checkpoints.
    /// </summary>
    WithCheckpoints,

    /// <summary>
    /// Now and then, what was handed to the pipeline. Whatever the pipeline holds then, such as open windows, is lost
    /// in a crash, and what came after the last commit is read again.
    /// </summary>
    WhenHandedOn,
}
