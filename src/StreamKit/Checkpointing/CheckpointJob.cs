using Microsoft.Extensions.Logging;

namespace StreamKit.Checkpointing;

/// <summary>What the coordinator of checkpoints needs to know of the job.</summary>
internal sealed record CheckpointJob
{
    public required string Name { get; init; }

    public required ulong HashSeed { get; init; }

    public required IReadOnlyList<ICheckpointed> Subtasks { get; init; }

    /// <summary>The rules of the time zones that the state depends on; empty where it depends on none.</summary>
    public required string TimeZoneRules { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Where the job's checkpoints are counted.</summary>
    public required CheckpointCounters Counters { get; init; }

    /// <summary>Runs something beside the coordinator.</summary>
    public required Func<Func<Task>, Task> Run { get; init; }
}
