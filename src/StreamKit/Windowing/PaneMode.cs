namespace StreamKit.Windowing;

/// <summary>How the results of one window relate to each other, where there are several.</summary>
public enum PaneMode
{
    /// <summary>Each result covers all records so far: the last one is the answer.</summary>
    Accumulating,

    /// <summary>Each result covers the records since the one before: together they are the answer.</summary>
    Discarding,

    /// <summary>
    /// Each result covers all records so far, and the one before is taken back first; equal results are not repeated.
    /// </summary>
    Retracting,
}
