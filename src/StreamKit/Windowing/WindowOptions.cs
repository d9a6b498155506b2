using StreamKit.Time;

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

    /// <summary>When open windows emit, other than by <see cref="EarlyEveryTicks"/>; null: never.</summary>
    public WindowTrigger? Early { get; init; }

    /// <summary>When complete windows emit that took a late record; null: at once.</summary>
    public WindowTrigger? Late { get; init; }

    /// <summary>Whether one key and window can have more than one result.</summary>
    public bool CanRepeat => LatenessTicks > 0 || EmitsEarly;

    /// <summary>Whether windows may emit while they are open.</summary>
    public bool EmitsEarly => EarlyEveryTicks is not null || Early is not null;

    /// <summary>Whether other triggers than the usual ones decide when windows emit.</summary>
    public bool HasTriggers => Early is not null || Late is not null;

    /// <summary>
    /// The distance between the watermarks that windows and triggers wait for, given that of the windows; 0: any, null:
    /// none.
    /// </summary>
    public long? OfTriggers(long? ofWindows)
    {
        long? common = ofWindows;
        foreach (WindowTrigger? trigger in (ReadOnlySpan<WindowTrigger?>)[Early, Late])
        {
            if (trigger?.GranularityTicks is { } granularity)
            {
                common = granularity == 0 || common == 0 ? 0
                    : common is { } other ? TickMath.Gcd(other, granularity)
                    : granularity;
            }
        }

        return common;
    }
}
