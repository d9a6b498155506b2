namespace StreamKit.Http.Tests;

/// <summary>How often a page was seen.</summary>
public sealed record PageCount(string Page, long Count);
