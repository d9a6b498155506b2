using StreamKit.Checkpointing;
using StreamKit.State;

namespace StreamKit.Testing.Running;

/// <summary>Which subtask of a run it is, and what its operators remember.</summary>
internal sealed record SynchronousSubtask(string Stage, int Lane, int Lanes, SubtaskState State)
{
    public string Name => $"{Stage}/{Lane}";

    /// <summary>What the subtask remembers now; nothing may be under way in it.</summary>
    public SubtaskSnapshot Save() => new(Stage, Lane, Lanes) { Operators = State.Save() };
}
