using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>How the results of a window are ranked.</summary>
internal sealed record RankingOptions<TKey, TValue, TRank>(int Count, Func<WindowResult<TKey, TValue>, TRank> By)
{
    /// <summary>How long results of a window may still come after its end.</summary>
    public long LatenessTicks { get; init; }

    /// <summary>The period of early rankings; null: none.</summary>
    public long? EarlyEveryTicks { get; init; }

    /// <summary>Whether a key can come again for the same window, and then replaces what it said before.</summary>
    public bool KeysRepeat { get; init; }
}
