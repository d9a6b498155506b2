namespace StreamKit.Windowing;

/// <summary>Says which windows a record belongs to. Made by <c>TimeWindows</c>.</summary>
public abstract class WindowAssigner
{
    private protected WindowAssigner()
    {
    }

    /// <summary>
    /// The distance between the instants at which windows of this kind can close, in ticks; 0 where they can close at
    /// any instant. A watermark that passes no such instant changes nothing.
    /// </summary>
    internal abstract long GranularityTicks { get; }

    /// <summary>Why windows of this kind can have no trigger of one's own, and what to do; null: they can.</summary>
    internal virtual string? WhyNoTriggers => null;
}
