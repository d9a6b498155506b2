namespace StreamKit.Http.Tests;

/// <summary>What a page says when it was seen.</summary>
public sealed record Hit(string Page, int Ms);
