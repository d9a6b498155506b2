namespace StreamKit.Latency;

/// <summary>An event of the load: when it was due, and whose it is.</summary>
internal readonly record struct PacedEvent(long DueTicks, int Key);
