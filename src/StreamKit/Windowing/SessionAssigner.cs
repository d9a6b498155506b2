namespace StreamKit.Windowing;

/// <summary>Per key, the stretches of activity between pauses of at least the gap.</summary>
internal sealed class SessionAssigner(long gap) : SessionWindows
{
    /// <summary>The pause that ends a session.</summary>
    public long Gap { get; } = gap;

    internal override SessionCut Cut => new(Gap);
}
