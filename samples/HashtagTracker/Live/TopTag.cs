namespace HashtagTracker.Live;

/// <summary>A place in the ranking.</summary>
/// <param name="Tag">The hashtag without <c>#</c>.</param>
/// <param name="Count">How often it was used in the window.</param>
/// <param name="Share">Its part of all uses of hashtags in the window, 0 to 1.</param>
/// <param name="Trend">Change of the count against the window before, 0.25 being a quarter more;
/// <c>null</c>: it is new.</param>
internal sealed record TopTag(string Tag, long Count, double Share, double? Trend);
