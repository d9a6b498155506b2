namespace StreamKit.Testing.Simulation;

/// <summary>What a simulation has tried, all of it without a violation.</summary>
public sealed record SimulationReport
{
    /// <summary>How many runs there were, one for each seed.</summary>
    public int Runs { get; init; }

    /// <summary>How many steps the jobs took in all.</summary>
    public long Steps { get; init; }

    /// <summary>How many processes were killed.</summary>
    public int Kills { get; init; }

    /// <summary>How often a job was started again within its process.</summary>
    public int Restarts { get; init; }

    /// <summary>How many jobs were stopped with a savepoint and gone on with from it.</summary>
    public int Savepoints { get; init; }

    /// <summary>How many checkpoints were completed.</summary>
    public long Checkpoints { get; init; }

    /// <summary>How many checkpoints were given up.</summary>
    public long FailedCheckpoints { get; init; }

    /// <summary>How many things went wrong, kills included.</summary>
    public int Faults { get; init; }

    internal SimulationReport Plus(SimulationReport other) => new()
    {
        Runs = Runs + other.Runs,
        Steps = Steps + other.Steps,
        Kills = Kills + other.Kills,
        Restarts = Restarts + other.Restarts,
        Savepoints = Savepoints + other.Savepoints,
        Checkpoints = Checkpoints + other.Checkpoints,
        FailedCheckpoints = FailedCheckpoints + other.FailedCheckpoints,
        Faults = Faults + other.Faults,
    };
}
