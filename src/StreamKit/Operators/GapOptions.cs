using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Which windows are filled, and with what.</summary>
internal sealed record GapOptions<TKey, TValue>(
    HoppingAssigner Windows, long SeenWithinTicks, Func<WindowResult<TKey, TValue>, Window, TValue> Fill)
{
    /// <summary>How long after a window's end its results can still change.</summary>
    public long LatenessTicks { get; init; }

    /// <summary>Whether a result is taken back before another one takes its place.</summary>
    public bool Retracts { get; init; }
}
