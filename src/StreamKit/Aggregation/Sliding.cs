namespace StreamKit.Aggregation;

/// <summary>How the content of windows that overlap is carried from one window to the next; the better form last.</summary>
internal enum Sliding
{
    /// <summary>
    /// Every window merges its slices anew: for accumulators that grow with their records, such as lists and sets, of
    /// which stacks would keep many.
    /// </summary>
    Combined,

    /// <summary>Two stacks of accumulators for each key: a slice comes in and goes out with few merges.</summary>
    Stacked,

    /// <summary>One accumulator for each key, which a slice is merged into and later removed from, exactly.</summary>
    Subtracted,
}
