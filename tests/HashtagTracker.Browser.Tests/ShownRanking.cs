namespace HashtagTracker.Browser.Tests;

/// <summary>The ranking as it stands in the document.</summary>
public sealed record ShownRanking(string Window, IReadOnlyList<ShownRow> Rows);
