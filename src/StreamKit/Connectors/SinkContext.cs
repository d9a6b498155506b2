using Microsoft.Extensions.Logging;

namespace StreamKit.Connectors;

/// <summary>What a running job offers to a sink.</summary>
public sealed class SinkContext
{
    /// <summary>Describes the sink's surroundings; for tests of sinks.</summary>
    /// <param name="name">The sink's name in the pipeline.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Where the sink may log.</param>
    public SinkContext(string name, TimeProvider clock, ILogger logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(logger);
        (Name, Clock, Logger) = (name, clock, logger);
    }

    /// <summary>The sink's name in the pipeline.</summary>
    public string Name { get; }

    /// <summary>
    /// The name of the pipeline, which sets this sink apart from those of the same name elsewhere. Default: empty.
    /// </summary>
    public string Pipeline { get; init; } = "";

    /// <summary>The clock of the job; a sink takes no other.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Where the sink may log.</summary>
    public ILogger Logger { get; }

    /// <summary>
    /// Whether the job takes checkpoints, so that a writer that can commit with them is asked to. Default: false.
    /// </summary>
    public bool HasCheckpoints { get; init; }

    /// <summary>Why the job has failed; null while it has not.</summary>
    internal Func<Exception?> JobFailure { get; init; } = static () => null;

    /// <summary>
    /// Has something called when the job has ended for good, with its failure; null where it is not started again after
    /// one, so that the end of the writer is the end.
    /// </summary>
    internal Action<Action<Exception?>>? WhenJobEnds { get; init; }
}
