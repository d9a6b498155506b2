using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace StreamKit.Hosting;

/// <summary>What the health check of a pipeline takes for sick.</summary>
/// <remarks>
/// A job that has failed is <see cref="HealthStatus.Unhealthy"/> whatever is said here. In the configuration these
/// stand in the section "StreamKit:Pipelines:NAME:Health".
/// </remarks>
public sealed class PipelineHealthOptions
{
    /// <summary>
    /// How far the slowest watermark may lie behind the clock before the pipeline is degraded. Above zero. Default:
    /// null, however far, because a stream of the past and one that is silent at night are not sick.
    /// </summary>
    public TimeSpan? MaxWatermarkLag { get; set; }

    /// <summary>
    /// How long a step may wait at a stretch for room behind it, or for its sink, before the pipeline counts as stuck.
    /// Longer than the slowest write. Above zero. Default: 1 minute.
    /// </summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What a stuck pipeline is. Default: <see cref="HealthStatus.Degraded"/>, because what is slow is mostly outside,
    /// and starting the process again would not mend it.
    /// </summary>
    public HealthStatus WhenStuck { get; set; } = HealthStatus.Degraded;

    /// <summary>
    /// How many intervals of checkpoints may pass without one being completed before the pipeline is degraded. From 1.
    /// Default: 3.
    /// </summary>
    public int MaxCheckpointIntervals { get; set; } = 3;

    /// <summary>
    /// How long after the job had to be started again the pipeline is degraded. From zero. Default: 5 minutes.
    /// </summary>
    public TimeSpan DegradedAfterRestart { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What a pipeline is whose job has ended by itself. Default: <see cref="HealthStatus.Healthy"/>; choose another
    /// for one that is to run for ever.
    /// </summary>
    public HealthStatus WhenEnded { get; set; } = HealthStatus.Healthy;
}
