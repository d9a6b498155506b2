namespace StreamKit.Checkpointing;

/// <summary>What subtasks tell about checkpoints; may be called by any thread.</summary>
internal interface ICheckpointListener
{
    /// <summary>A subtask has saved what it remembers at the barrier of a checkpoint.</summary>
    void Acknowledge(ICheckpointed subtask, long checkpoint, SubtaskSnapshot snapshot);

    /// <summary>A subtask has ended; what it saved last stands for every later checkpoint.</summary>
    void Finish(ICheckpointed subtask, SubtaskSnapshot snapshot);

    /// <summary>A subtask's sink or source has committed everything up to a checkpoint.</summary>
    void Commit(ICheckpointed subtask, long checkpoint);

    /// <summary>A source asks for a checkpoint as soon as one can be taken.</summary>
    Task<StoredCheckpoint> TakeAsync();
}
