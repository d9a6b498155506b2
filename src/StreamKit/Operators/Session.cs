namespace StreamKit.Operators;

/// <summary>One session of one key. What nearly every record touches comes first, so that it lies together.</summary>
internal struct Session<TKey, TAcc>
{
    /// <summary>The first record's event time.</summary>
    public long Start;

    /// <summary>The gap after the last record's event time.</summary>
    public long End;

    public TAcc Accumulator;

    /// <summary>The later session of the same key, or -1.</summary>
    public int Next;

    /// <summary>
    /// Whether its on-time result has been emitted for these bounds, or its end had passed when it was made.
    /// </summary>
    public bool IsComplete;

    /// <summary>Whether it has content since its last result.</summary>
    public bool IsDirty;

    public bool IsQueued;

    public uint Hash;

    public TKey Key;

    /// <summary>How many sessions had this place before, so that entries of those are told apart.</summary>
    public int Generation;

    /// <summary>When its oldest part was made, against all others; breaks ties in the order of firing.</summary>
    public long Order;

    /// <summary>
    /// When it was due when it was queued, if it is: the entry in that instant's bucket counts, and others are left
    /// over from before it changed.
    /// </summary>
    public long QueuedAt;

    /// <summary>Whether <c>[start, end)</c> has an instant in common with it; touching is not enough.</summary>
    public readonly bool Overlaps(long start, long end) => Start < end && start < End;
}
