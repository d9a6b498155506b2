namespace StreamKit.Diagnostics;

/// <summary>
/// How one split of a source stands, as its event-time step sees it; written by that step only, read by anybody.
/// </summary>
/// <remarks>All times are ticks since 1970; <see cref="long.MinValue"/> where there is none.</remarks>
internal sealed class SplitStatus(string source, string split, long? boundTicks, long startedAt)
{
    private long _watermark = long.MinValue;
    private long _highest = long.MinValue;
    private long _heardAt = long.MinValue;
    private long _idleSince = long.MinValue;
    private long _heldSince = long.MinValue;

    /// <summary>The name of the source's step; empty where the splits can no longer be told apart.</summary>
    public string Source { get; } = source;

    public string Split { get; } = split;

    /// <summary>The bound on disorder, where the watermark is made by one.</summary>
    public long? BoundTicks { get; } = boundTicks;

    /// <summary>Processing time when the split came.</summary>
    public long StartedAt { get; } = startedAt;

    public long Watermark
    {
        get => Volatile.Read(ref _watermark);
        set => Volatile.Write(ref _watermark, value);
    }

    /// <summary>The highest event time of its records.</summary>
    public long Highest
    {
        get => Volatile.Read(ref _highest);
        set => Volatile.Write(ref _highest, value);
    }

    /// <summary>Processing time of its last records.</summary>
    public long HeardAt
    {
        get => Volatile.Read(ref _heardAt);
        set => Volatile.Write(ref _heardAt, value);
    }

    /// <summary>Processing time since which it is idle.</summary>
    public long IdleSince
    {
        get => Volatile.Read(ref _idleSince);
        set => Volatile.Write(ref _idleSince, value);
    }

    /// <summary>Processing time since which alignment keeps it from being read.</summary>
    public long HeldSince
    {
        get => Volatile.Read(ref _heldSince);
        set => Volatile.Write(ref _heldSince, value);
    }
}
