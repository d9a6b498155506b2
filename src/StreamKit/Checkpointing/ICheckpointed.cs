namespace StreamKit.Checkpointing;

/// <summary>A subtask as the coordinator of checkpoints knows it; what it is told reaches it as a message.</summary>
internal interface ICheckpointed
{
    /// <summary>The name of the subtask's stage, the same each time the pipeline is started.</summary>
    string Stage { get; }

    /// <summary>Which of the parallel subtasks of the stage it is, from 0.</summary>
    int Lane { get; }

    /// <summary>Whether barriers begin there: it reads a source.</summary>
    bool StartsBarriers { get; }

    /// <summary>
    /// Whether it waits to hear of completed checkpoints, because its sink or its source commits then.
    /// </summary>
    bool Commits { get; }

    /// <summary>
    /// Asks for a barrier behind the records read so far; where it is the last, nothing more is read after it.
    /// </summary>
    void Trigger(long checkpoint, bool isLast);

    /// <summary>Says that a checkpoint has been completed, and with it all before it.</summary>
    void Complete(long checkpoint);
}
