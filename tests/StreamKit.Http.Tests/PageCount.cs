namespace StreamKit.Http.Tests;

/// <summary>How often a page was seen.</summary>
internal sealed record PageCount(string Page, long Count);
