namespace StreamKit.Workloads.Tests.Measuring;

/// <summary>Tests that count the allocations of the whole process run while no other test does.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
