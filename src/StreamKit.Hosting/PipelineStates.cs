using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace StreamKit.Hosting;

/// <summary>Shows how the pipelines of the running applications stand, beside what their jobs count.</summary>
/// <remarks>A job that has failed shows nothing any more; this is where it is still seen.</remarks>
internal static class PipelineStates
{
    private static readonly Meter s_meter = new(JobMetrics.MeterName);
    private static readonly ConcurrentDictionary<Publication, IReadOnlyList<HostedPipeline>> s_hosts = new();
    private static readonly (PipelineState State, string Name)[] s_states =
        [.. Enum.GetValues<PipelineState>().Select(static state => (state, state.ToString().ToLowerInvariant()))];

    static PipelineStates() => s_meter.CreateObservableGauge(
        "streamkit.pipeline.state",
        Observe,
        "{pipeline}",
        "1 for the state that the pipeline is in, 0 for all others");

    /// <summary>Shows pipelines until the result is disposed.</summary>
    public static IDisposable Publish(IReadOnlyList<HostedPipeline> pipelines)
    {
        var publication = new Publication();
        s_hosts[publication] = pipelines;
        return publication;
    }

    // All states each time: a series that only stops would be taken for its last value.
    private static IEnumerable<Measurement<int>> Observe()
    {
        foreach (HostedPipeline pipeline in s_hosts.Values.SelectMany(static pipelines => pipelines))
        {
            PipelineState now = pipeline.State;
            foreach ((PipelineState state, string name) in s_states)
            {
                yield return new Measurement<int>(
                    now == state ? 1 : 0,
                    new KeyValuePair<string, object?>("pipeline", pipeline.Name),
                    new KeyValuePair<string, object?>("state", name));
            }
        }
    }

    private sealed class Publication : IDisposable
    {
        public void Dispose() => s_hosts.TryRemove(this, out _);
    }
}
