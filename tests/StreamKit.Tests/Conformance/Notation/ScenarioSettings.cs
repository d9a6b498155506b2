using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>What a scenario says before the bar: the windows and how they speak.</summary>
internal sealed record ScenarioSettings
{
    public WindowAssigner? Windows { get; init; }

    /// <summary>Windows that depend on the records; they come before <see cref="Windows"/>.</summary>
    public RecordWindows<Mark>? RecordWindows { get; init; }

    public long Lateness { get; init; }

    /// <summary>The period of early results, in ticks; null: none.</summary>
    public long? Early { get; init; }

    public WindowTrigger? EarlyTrigger { get; init; }

    public WindowTrigger? LateTrigger { get; init; }

    /// <summary>The least time between two changes that are said, 0: each is said; null: they are not.</summary>
    public long? Update { get; init; }

    public PaneMode Mode { get; init; } = PaneMode.Accumulating;

    /// <summary>What a result says: count, times (the event times in their order) or max (the greatest).</summary>
    public string Aggregate { get; init; } = "count";

    /// <summary>The bound of the watermarks that the pipeline makes; null: the scenario gives them.</summary>
    public long? Bound { get; init; }

    /// <summary>Whether records of the key x are filtered out behind WithEventTime.</summary>
    public bool DropsX { get; init; }

    /// <summary>Whether records are put into the order of event time before the windows.</summary>
    public bool Orders { get; init; }

    /// <summary>How many records of a key are a list, and how long a list waits; null: there are no lists.</summary>
    public (int Max, long Within)? Batch { get; init; }

    /// <summary>How long after a key's last result windows are filled with 0; null: they are not.</summary>
    public long? Fill { get; init; }

    /// <summary>Whether they are filled with the last result instead.</summary>
    public bool FillsLast { get; init; }

    /// <summary>The size of tumbling windows over the results; null: there are none.</summary>
    public long? Then { get; init; }

    public long ThenLateness { get; init; }
}
