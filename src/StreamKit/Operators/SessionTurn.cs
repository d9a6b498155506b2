namespace StreamKit.Operators;

/// <summary>What decides when a session has its turn, apart from its bounds; few records ask for it.</summary>
internal struct SessionTurn
{
    /// <summary>
    /// When the session's oldest part was made, against all others; breaks ties in the order of firing.
    /// </summary>
    public long Order;

    /// <summary>
    /// When it was due when it was queued, if it is: the entry of that instant counts, and others are left over from
    /// before it changed, or from sessions that had the place before.
    /// </summary>
    public long QueuedAt;

    /// <summary>The lower half of the hash of the session's key.</summary>
    public uint Hash;

    public bool IsQueued;

    public readonly bool IsQueuedAt(long time) => IsQueued && QueuedAt == time;
}
