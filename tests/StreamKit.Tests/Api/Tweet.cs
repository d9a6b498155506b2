namespace StreamKit.Tests.Api;

/// <summary>The record of the programs on the first page.</summary>
public sealed record Tweet(DateTimeOffset CreatedAt, string[] Hashtags, long Ms = 1, string UserId = "u");
