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
    /// The job takes checkpoints, and a step that remembers something has no name, or a source or a sink cannot keep
    /// what <see cref="CheckpointOptions.Require"/> asks for; or state is saved, or may have to leave memory, and a
    /// type has no serializer.
    /// </exception>
    public StreamJob Start(JobOptions? options = null)
    {
        options ??= new JobOptions();
        JobSettings settings = options.ToSettings(Name);
        if (options.Checkpoints is { Require: { } required }
            && GuaranteeCheck.MistakesOf(_graph, required) is { Count: > 0 } mistakes)
        {
            throw new PipelineException(Name, mistakes);
        }

        ILogger logger = settings.Loggers.CreateLogger<StreamPipeline>();
        foreach (string warning in Warnings)
        {
            Log.PipelineWarning(logger, Name, warning);
        }

        IReadOnlyList<DeliveryGuarantee> guarantees = GuaranteeCheck.Of(_graph, options.Checkpoints is not null);
        if (options.Checkpoints is not null)
        {
            foreach (DeliveryGuarantee guarantee in guarantees)
            {
                Log.Guaranteed(logger, Name, guarantee);
            }
        }

        return new StreamJob(_graph, settings) { Guarantees = guarantees };
    }

    /// <summary>The pipeline as a Mermaid flow chart; thick arrows are exchanges between subtasks.</summary>
    public string ToMermaid() => _graph.ToMermaid();
}
