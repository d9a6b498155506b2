namespace StreamKit.Operators;

/// <summary>One session of one key: what nearly every record of the key touches, so the less the better.</summary>
internal struct Session<TKey, TAcc>
{
    /// <summary>The first record's event time.</summary>
    public long Start;

    /// <summary>The gap after the last record's event time.</summary>
    public long End;

    public TAcc Accumulator;

    /// <summary>The later session of the same key, or none.</summary>
    public int Next;

    public uint Hash;

    public TKey Key;

    /// <summary>
    /// Whether its on-time result has been emitted for these bounds, or its end had passed when it was made.
    /// </summary>
    public bool IsComplete;

    /// <summary>Whether it has content since its last result.</summary>
    public bool IsDirty;

    /// <summary>Whether the place is taken: a session is longer than nothing.</summary>
    public readonly bool IsOpen => Start < End;

    /// <summary>Whether <c>[start, end)</c> has an instant in common with it; touching is not enough.</summary>
    public readonly bool Overlaps(long start, long end) => Start < end && start < End;
}
