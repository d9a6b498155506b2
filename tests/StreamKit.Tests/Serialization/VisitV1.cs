namespace StreamKit.Tests.Serialization;

/// <summary>How a visit was before.</summary>
public sealed record VisitV1(string Page);
