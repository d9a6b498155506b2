using StreamKit.Graph;

namespace StreamKit;

/// <summary>A pipeline that has been checked and can run.</summary>
public sealed class StreamPipeline
{
    private readonly StreamGraph _graph;

    internal StreamPipeline(string name, StreamGraph graph) => (Name, _graph) = (name, graph);

    /// <summary>The pipeline's name.</summary>
    public string Name { get; }

    /// <summary>Starts a job that runs the pipeline.</summary>
    /// <param name="options">How it runs; null: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public StreamJob Start(JobOptions? options = null) =>
        new(_graph, (options ?? new JobOptions()).ToSettings(Name));

    /// <summary>The pipeline as a Mermaid flow chart; thick arrows are exchanges between subtasks.</summary>
    public string ToMermaid() => _graph.ToMermaid();
}
