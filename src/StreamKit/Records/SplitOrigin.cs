namespace StreamKit.Records;

/// <summary>Where a split comes from, as its source knows it; travels with the start of the split.</summary>
internal class SplitOrigin(string source, string split)
{
    private WatermarkCell[] _steps = [];

    /// <summary>The name of the source's step.</summary>
    public string Source { get; } = source;

    /// <summary>The split's name.</summary>
    public string Split { get; } = split;

    /// <summary>
    /// How far the split had come when it was read before; <see cref="long.MinValue"/> where that is not known.
    /// </summary>
    public long StoredWatermark { get; init; } = long.MinValue;

    /// <summary>
    /// How far event time has come in the split, as the event-time steps behind it say; the lowest of them.
    /// </summary>
    public long Watermark
    {
        get
        {
            WatermarkCell[] steps = Volatile.Read(ref _steps);
            return steps.Length == 0 ? StoredWatermark : steps.Min(static step => step.Value);
        }
    }

    /// <summary>Makes the place where one more event-time step says how far it has come.</summary>
    public WatermarkCell AddStep()
    {
        var step = new WatermarkCell { Value = StoredWatermark };
        WatermarkCell[] seen, joined;
        do
        {
            // Several steps behind one source may come from subtasks of their own.
            seen = Volatile.Read(ref _steps);
            joined = [.. seen, step];
        }
        while (Interlocked.CompareExchange(ref _steps, joined, seen) != seen);
        return step;
    }
}
