namespace StreamKit.Aggregation;

/// <summary>How the total of a sliding row of accumulators is kept.</summary>
internal enum SlidingForm
{
    /// <summary>Two stacks of partial totals: a constant number of merges per accumulator in the long run.</summary>
    TwoStacks,

    /// <summary>
    /// One total, from which what leaves is taken away. Only where that is exact: counts and sums of integers. Sums of
    /// doubles would drift, and a decimal rounds beyond 28 digits.
    /// </summary>
    Subtracted,

    /// <summary>
    /// Nothing is kept, and everything merged for each total. For accumulators that grow with every record (lists,
    /// sets) a merge costs as much anyway, and partial totals would hold every record many times.
    /// </summary>
    Recomputed,
}
