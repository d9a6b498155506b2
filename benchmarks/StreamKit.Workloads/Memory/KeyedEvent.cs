namespace StreamKit.Workloads.Memory;

/// <summary>The event of the memory measurements.</summary>
internal readonly record struct KeyedEvent(long TimestampMs, int Key, int Value);
