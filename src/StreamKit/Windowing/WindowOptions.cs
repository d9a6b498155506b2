namespace StreamKit.Windowing;

/// <summary>Everything that a window operator is told besides what to aggregate.</summary>
internal sealed record WindowOptions(WindowAssigner Assigner)
{
    /// <summary>How long a window is kept after the watermark has passed its end.</summary>
    public long LatenessTicks { get; init; }

    public PaneMode Mode { get; init; }

    /// <summary>The period of processing time after which open windows with new content emit; null: never.</summary>
    public long? EarlyEveryTicks { get; init; }

    /// <summary>Whether each sender aggregates before the exchange by key.</summary>
    public bool PreAggregates { get; init; }

    /// <summary>Whether one key and window can have more than one result.</summary>
    public bool CanRepeat => LatenessTicks > 0 || EarlyEveryTicks is not null;
}
