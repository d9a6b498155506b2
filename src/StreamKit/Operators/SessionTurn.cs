namespace StreamKit.Operators;

/// <summary>What decides when a session has its turn, apart from its bounds; few records ask for it.</summary>
internal struct SessionTurn
{
    /// <summary>
    /// When the session's oldest part was made, against all others; breaks ties in the order of firing.
    /// </summary>
    public long Order;

    /// <summary>
    /// When it was due when it was queued, if it is: the entry in that instant's bucket counts, and others are left
    /// over from before it changed.
    /// </summary>
    public long QueuedAt;

    public bool IsQueued;

    /// <summary>How many sessions had this place before, so that entries of those are told apart.</summary>
    public int Generation;
}
