namespace StreamKit.Pictures.Tests;

/// <summary>A record in a picture.</summary>
/// <param name="Reading">The record.</param>
/// <param name="Arrival">Its place in the order of arrival, from 1.</param>
/// <param name="IsDropped">Whether it came to the stream of late records.</param>
internal sealed record Dot(Reading Reading, int Arrival, bool IsDropped);
