namespace StreamKit.Workloads.Memory;

/// <summary>How much the memory mode puts into a job.</summary>
internal sealed record MemorySizes
{
    /// <summary>Keys of one window with small aggregates. Default: a million, so that tables dwarf the rest.</summary>
    public int Keys { get; init; } = 1_000_000;

    /// <summary>Keys of one window with grown sketches, of which each is kilobytes. Default: 100,000.</summary>
    public int SketchKeys { get; init; } = 100_000;

    /// <summary>Keys of the window that the target speaks of. Default: ten million.</summary>
    public int ManyKeys { get; init; } = 10_000_000;

    /// <summary>Events per second of event time in the hour. Default: 10,000.</summary>
    public int HourEventsPerSecond { get; init; } = 10_000;
}
