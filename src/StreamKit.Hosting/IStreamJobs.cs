using System.Diagnostics.CodeAnalysis;

namespace StreamKit.Hosting;

/// <summary>The pipelines of an application, by name.</summary>
/// <remarks>A service of the application; all members may be called by any thread.</remarks>
public interface IStreamJobs
{
    /// <summary>All pipelines, in the order in which they were added.</summary>
    IReadOnlyList<HostedPipeline> Pipelines { get; }

    /// <summary>The job of a pipeline, also when it has ended.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such pipeline; the message lists those there are.</exception>
    /// <exception cref="InvalidOperationException">The pipeline has not been started yet.</exception>
    StreamJob this[string pipeline] { get; }

    /// <summary>Finds the job of a pipeline, also when it has ended.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="job">The job; null where there is no such pipeline, or it has not been started yet.</param>
    bool TryGet(string pipeline, [NotNullWhen(true)] out StreamJob? job);
}
