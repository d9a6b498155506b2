using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Everything that a windowed join is told besides what its results look like.</summary>
internal sealed record JoinOptions(SlicedAssigner Assigner)
{
    /// <summary>
    /// How many records of one side a key may hold at most: a key with more of them on both sides makes so many pairs
    /// that it is a mistake, such as a key that stands for "unknown".
    /// </summary>
    public const int DefaultLimitPerKey = 1_000_000;

    /// <summary>How long a window is kept after the watermark has passed its end.</summary>
    public long LatenessTicks { get; init; }

    /// <summary>How many records of one side a key may hold in a window.</summary>
    public int LimitPerKey { get; init; } = DefaultLimitPerKey;
}
