namespace StreamKit.Operators;

/// <summary>A record that waits for its result.</summary>
internal readonly record struct LookBackRecord<TKey, TIn>(TKey Key, ulong Hash, long Timestamp, TIn Value);
