namespace StreamKit.Windowing;

/// <summary>Sessions that some records end.</summary>
internal sealed class MarkedSessionAssigner<T>(SessionCut cut, Func<T, bool> isLast) : CappedSessionAssigner(cut)
{
    /// <summary>Whether a record ends its session.</summary>
    public Func<T, bool> IsLast { get; } = isLast;
}
