namespace StreamKit.Tests.Aggregation;

/// <summary>A record with two numbers, a word and the event time.</summary>
public readonly record struct Reading(double X, double Y, string Word, long Ticks);
