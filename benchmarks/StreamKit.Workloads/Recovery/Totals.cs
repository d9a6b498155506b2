namespace StreamKit.Workloads.Recovery;

/// <summary>What the jobs here compute for each key and window.</summary>
internal readonly record struct Totals(long Count, long Sum);
