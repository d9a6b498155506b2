namespace StreamKit.Operators;

/// <summary>One session of one key: what nearly every record of the key touches, so the less the better.</summary>
internal struct Session<TKey, TAcc>
{
    /// <summary>The first record's event time.</summary>
    public long Start;

    /// <summary>The gap after the last record's event time.</summary>
    public long End;

    public TAcc Accumulator;

    public TKey Key;

    private const int Complete = 1 << 31;
    private const int Dirty = 1 << 30;

    // The next session's place, and two bits beside it: what a record looks at lies as close together as it can.
    private int _next;

    /// <summary>The later session of the same key, or none.</summary>
    public int Next
    {
        readonly get => _next & ~(Complete | Dirty);
        set => _next = value | (_next & (Complete | Dirty));
    }

    /// <summary>
    /// Whether its on-time result has been emitted for these bounds, or its end had passed when it was made.
    /// </summary>
    public bool IsComplete
    {
        readonly get => (_next & Complete) != 0;
        set => Set(Complete, value);
    }

    /// <summary>Whether it has content since its last result.</summary>
    public bool IsDirty
    {
        readonly get => (_next & Dirty) != 0;
        set => Set(Dirty, value);
    }

    /// <summary>Whether it is the last session of its key and not complete.</summary>
    public readonly bool IsLastAndOpen => (_next & ~Dirty) == 0;

    /// <summary>Whether the place is taken: a session is longer than nothing.</summary>
    public readonly bool IsOpen => Start < End;

    /// <summary>Whether <c>[start, end)</c> has an instant in common with it; touching is not enough.</summary>
    public readonly bool Overlaps(long start, long end) => Start < end && start < End;

    private void Set(int bit, bool value) => _next = value ? _next | bit : _next & ~bit;
}
