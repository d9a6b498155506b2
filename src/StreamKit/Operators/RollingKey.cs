namespace StreamKit.Operators;

/// <summary>What rolls from window to window for one key.</summary>
internal struct RollingKey<TAcc>
{
    /// <summary>How many of the slices that have entered hold the key.</summary>
    public int Slices;

    /// <summary>When the first record of the key came to one of them.</summary>
    public long Registered;

    /// <summary>
    /// Whether the values below are out of date, because a slice changed after it had entered or a merge failed; then
    /// they are made anew from the slices at the next firing.
    /// </summary>
    public bool IsStale;

    /// <summary>All slices in one, or in the stacked form those of the back stack.</summary>
    public TAcc Total;

    /// <summary>
    /// In the stacked form one element for each slice that holds the key, the oldest first: up to the middle each is
    /// merged with all that follow it before the middle, from there on each is the slice's own.
    /// </summary>
    public TAcc[]? Stack;

    public int Head;
    public int Middle;
    public int Tail;
}
