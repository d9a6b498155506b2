using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>What all runs of one test have in common.</summary>
/// <param name="Graph">The pipeline.</param>
/// <param name="Open">Builds, in a run, what takes the records that the test pushes.</param>
internal sealed record RunSetup<TIn>(StreamGraph Graph, Func<SynchronousPlan, Receiver<Batch<TIn>>> Open)
{
    /// <summary>Whether several inputs interleave as they like, so that a replay may bring another order.</summary>
    public bool IsOrderFree { get; init; }

    /// <summary>Whether watermarks come from the pipeline's own strategy instead of the test.</summary>
    public required bool GeneratesWatermarks { get; init; }

    /// <summary>Processing time at the start, in ticks since 1970.</summary>
    public required long StartTicks { get; init; }
}
