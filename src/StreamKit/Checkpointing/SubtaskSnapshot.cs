using StreamKit.State;

namespace StreamKit.Checkpointing;

/// <summary>What one subtask remembers at a barrier, or remembered in the end.</summary>
/// <param name="Stage">The name of the subtask's stage.</param>
/// <param name="Lane">Which of the parallel subtasks of the stage it is, from 0.</param>
/// <param name="Lanes">How many there are.</param>
internal sealed record SubtaskSnapshot(string Stage, int Lane, int Lanes)
{
    /// <summary>What each operator remembers.</summary>
    public required IReadOnlyList<OperatorSnapshot> Operators { get; init; }

    /// <summary>How far a source has been read; empty at every other subtask.</summary>
    public IReadOnlyList<ManifestPosition> Positions { get; init; } = [];

    /// <summary>What a sink had prepared.</summary>
    public IReadOnlyList<ManifestEpoch> Epochs { get; init; } = [];

    /// <summary>Whether the subtask has ended.</summary>
    public bool IsFinished { get; init; }
}
