namespace StreamKit.Operators;

/// <summary>
/// One split of a group that keeps splits together; called by the subtask of its event-time step only.
/// </summary>
internal abstract class AlignedSplit
{
    /// <summary>Says how far the split has come, and whether it is silent and holds nobody.</summary>
    public abstract void Report(long watermark, bool isIdle);

    /// <summary>The split has ended: it holds nobody any more.</summary>
    public abstract void Leave();
}
