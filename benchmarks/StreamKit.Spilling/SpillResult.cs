namespace StreamKit.Spilling;

/// <summary>What came out.</summary>
/// <param name="Keys">How many keys had a result.</param>
/// <param name="Count">The sum of their counts.</param>
/// <param name="Sum">The sum of their sums.</param>
/// <param name="DiskBytes">The most bytes that lay on disk, as far as it was looked at.</param>
internal readonly record struct SpillResult(long Keys, long Count, long Sum, long DiskBytes);
