using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>A stream over windows with triggers; where the stream fires early, time goes on instead.</summary>
public sealed record TriggeredCase(StreamCase Stream)
{
    public OracleTrigger? Early { get; init; }

    public OracleTrigger? Late { get; init; }

    /// <summary>How much processing time passes at each of the stream's early firings, in ticks.</summary>
    public long Advance { get; init; } = 1;

    /// <summary>Whether each element has a gap of its own, where the windows are sessions.</summary>
    public bool HasOwnGaps { get; init; }

    /// <summary>The gap of an element: anything from one tick to the gap of the shape.</summary>
    public long GapOf(OracleElement<int, int> element) =>
        HasOwnGaps ? 1 + (element.Value * 7 % Stream.Shape.Size) : Stream.Shape.Size;

    public override string ToString() =>
        $"early {Early?.ToString() ?? "-"}, late {Late?.ToString() ?? "-"}, advance {Advance}, own gaps {HasOwnGaps}: "
        + Stream;
}
