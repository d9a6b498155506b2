namespace StreamKit.Workloads.Measuring;

/// <summary>One timed run.</summary>
internal readonly record struct Sample(TimeSpan Elapsed, long AllocatedBytes, Checksum Checksum);
