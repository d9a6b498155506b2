namespace StreamKit.Workloads.Memory;

/// <summary>The heap of a running job and what the collector has stopped it for since it started.</summary>
/// <param name="HeapBytes">What is reachable, above what was before the job started.</param>
/// <param name="Pauses">Of the collections that the job's work caused, not of those that the probe asks for.</param>
/// <param name="Collections">How many those were, of all generations.</param>
internal readonly record struct HeapSample(long HeapBytes, TimeSpan Pauses, int Collections);
