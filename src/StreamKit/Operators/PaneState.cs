namespace StreamKit.Operators;

/// <summary>What was emitted so far for one key and window.</summary>
internal struct PaneState<TOut>
{
    /// <summary>How many results were emitted.</summary>
    public int Emitted;

    /// <summary>The state of the window's content at the last result; see the operator's version counter.</summary>
    public long Version;

    /// <summary>Whether <see cref="Last"/> stands, so that it must be taken back before the next result.</summary>
    public bool HasLast;

    /// <summary>The exact last result; kept in retracting mode only.</summary>
    public TOut Last;
}
