namespace StreamKit.Tests.Serialization;

/// <summary>A type of a user that is not marked.</summary>
public sealed record Visit(string Page, int Count);
