namespace WebAnalytics.Collecting;

/// <summary>How often a page was seen in this minute.</summary>
internal sealed record PageCount(string Page, string Minute, long Views);
