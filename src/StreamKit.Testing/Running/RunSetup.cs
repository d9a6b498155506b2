using StreamKit.Graph;

namespace StreamKit.Testing.Running;

/// <summary>What all runs of one test have in common.</summary>
internal sealed record RunSetup<TIn>(StreamGraph Graph, SourceNode<TIn> Source)
{
    /// <summary>Whether watermarks come from the pipeline's own strategy instead of the test.</summary>
    public required bool GeneratesWatermarks { get; init; }

    /// <summary>Processing time at the start, in ticks since 1970.</summary>
    public required long StartTicks { get; init; }
}
