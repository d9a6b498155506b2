namespace HashtagTracker.Live;

/// <summary>The counts of one leader, window by window, oldest first; 0 where it was not used.</summary>
internal sealed record TagSeries(string Tag, IReadOnlyList<long> Counts);
