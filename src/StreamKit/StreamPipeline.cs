using Microsoft.Extensions.Logging;
using StreamKit.Diagnostics;
using StreamKit.Graph;
using StreamKit.Runtime;

namespace StreamKit;

/// <summary>A pipeline that has been checked and can run.</summary>
public sealed class StreamPipeline
{
    private readonly StreamGraph _graph;

    internal StreamPipeline(string name, StreamGraph graph) =>
        (Name, _graph, Warnings) = (name, graph, [.. LatenessCheck.WarningsOf(graph)]);

    /// <summary>The pipeline's name.</summary>
    public string Name { get; }

    /// <summary>
    /// What will run but is hardly meant so, each with the names of the steps and what to do; a job logs them when it
    /// starts.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Starts a job that runs the pipeline.</summary>
    /// <param name="options">How it runs; null: the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or does not fit another.</exception>
    /// <exception cref="PipelineException">
    /// The job takes checkpoints, and a step that remembers something has no name; or state is saved, or may have to
    /// leave memory, and a type has no serializer.
    /// </exception>
    public StreamJob Start(JobOptions? options = null)
    {
        JobSettings settings = (options ?? new JobOptions()).ToSettings(Name);
        ILogger logger = settings.Loggers.CreateLogger<StreamPipeline>();
        foreach (string warning in Warnings)
        {
            Log.PipelineWarning(logger, Name, warning);
        }

        return new StreamJob(_graph, settings);
    }

    /// <summary>The pipeline as a Mermaid flow chart; thick arrows are exchanges between subtasks.</summary>
    public string ToMermaid() => _graph.ToMermaid();
}
