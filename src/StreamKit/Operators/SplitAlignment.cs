using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>
/// What an event-time step tells of its splits to a group that keeps splits together; the runtime provides it.
/// </summary>
/// <remarks>
/// From its making on the step counts as one that knows nothing, so no other runs ahead of it, until
/// <see cref="Started"/>. Only the step's own subtask calls the members.
/// </remarks>
internal abstract class SplitAlignment
{
    /// <summary>A split belongs to the group from now on, with nothing known of it.</summary>
    public abstract AlignedSplit Add(SplitOrigin origin);

    /// <summary>Every split that the sources know at their start has been added.</summary>
    public abstract void Started();
}
