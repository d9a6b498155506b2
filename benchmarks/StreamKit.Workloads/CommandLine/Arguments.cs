namespace StreamKit.Workloads.CommandLine;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    /// <summary>The workloads in the order named; empty means all that an engine can run.</summary>
    public required IReadOnlyList<string> Workloads { get; init; }

    public required int Events { get; init; }

    public required int Repetitions { get; init; }

    public required RunOptions Options { get; init; }

    public required bool Json { get; init; }

    public required bool Peers { get; init; }

    /// <summary>Measure hopping windows by their overlap, instead of the workloads.</summary>
    public required bool Hopping { get; init; }

    /// <summary>Measure the memory of jobs, instead of the workloads.</summary>
    public required bool Memory { get; init; }

    /// <summary>Measure what lanes gain, instead of the workloads.</summary>
    public required bool Scaling { get; init; }

    /// <summary>Measure what checkpoints and restoring cost, instead of the workloads.</summary>
    public required bool Checkpoints { get; init; }

    /// <summary>Few events and repetitions; allocations and the ratio to the floor decide on the exit code.</summary>
    public required bool Short { get; init; }

    public required bool Help { get; init; }
}
