using Microsoft.Extensions.Logging;

namespace StreamKit.Runtime;

/// <summary>What all subtasks of a job share.</summary>
internal sealed record JobSettings
{
    public required string JobName { get; init; }

    /// <summary>How many lanes a keyed stage has.</summary>
    public required int Lanes { get; init; }

    /// <summary>How many records a batch holds.</summary>
    public required int BatchSize { get; init; }

    /// <summary>How many batches and signals a channel holds.</summary>
    public required int ChannelCapacity { get; init; }

    public required ulong HashSeed { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public required FailureHandling Failures { get; init; }

    /// <summary>Where the job's failure is found once there is one.</summary>
    public JobFailure Failure { get; } = new();
}
