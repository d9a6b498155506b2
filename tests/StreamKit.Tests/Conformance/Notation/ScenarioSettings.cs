using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>What a scenario says before the bar: the windows and how they speak.</summary>
internal sealed record ScenarioSettings
{
    public WindowAssigner? Windows { get; init; }

    public long Lateness { get; init; }

    /// <summary>The period of early results, in ticks; null: none.</summary>
    public long? Early { get; init; }

    public PaneMode Mode { get; init; } = PaneMode.Accumulating;

    /// <summary>What a result says: count, times (the event times in their order) or max (the greatest).</summary>
    public string Aggregate { get; init; } = "count";

    /// <summary>The bound of the watermarks that the pipeline makes; null: the scenario gives them.</summary>
    public long? Bound { get; init; }

    /// <summary>Whether records of the key x are filtered out behind WithEventTime.</summary>
    public bool DropsX { get; init; }

    /// <summary>The size of tumbling windows over the results; null: there are none.</summary>
    public long? Then { get; init; }

    public long ThenLateness { get; init; }
}
