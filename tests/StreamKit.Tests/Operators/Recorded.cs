using StreamKit.Records;

namespace StreamKit.Tests.Operators;

/// <summary>One record or signal as it came out of an operator.</summary>
internal sealed record Recorded<T>(long Timestamp, T Value)
{
    public Signal? Signal { get; init; }

    public int Split { get; init; }

    public LateCause LateCause { get; init; }
}
