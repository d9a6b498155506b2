namespace StreamKit.HttpLoad;

/// <summary>What a page says when it was seen.</summary>
internal sealed record Hit(string Page, string Visitor, int Milliseconds);
