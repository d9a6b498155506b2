namespace StreamKit.Testing.Simulation;

/// <summary>What a <see cref="JobSimulation"/> tries.</summary>
public sealed record SimulationOptions
{
    /// <summary>The first seed. Default: 1.</summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>How many seeds are tried, one run each. From 1. Default: 200.</summary>
    public int Seeds { get; init; } = 200;

    /// <summary>
    /// How likely something goes wrong at each place where it can, from 0 to 1. Default: 0.01, a few times in a short
    /// run.
    /// </summary>
    public double FaultRate { get; init; } = 0.01;

    /// <summary>The most faults in one run, so that every run ends. From 0. Default: 12.</summary>
    public int MaxFaults { get; init; } = 12;

    /// <summary>The numbers of lanes that processes run with; each takes one at random. Default: 1, 2 and 3.</summary>
    public IReadOnlyList<int> Lanes { get; init; } = [1, 2, 3];

    /// <summary>How often a job takes checkpoints, in simulated time. Above zero. Default: 20 ms.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Changes how the job takes checkpoints, for example to register serializers. Default: null, nothing is changed.
    /// </summary>
    public Func<CheckpointOptions, CheckpointOptions>? Configure { get; init; }

    /// <summary>After how many steps a run counts as one that never ends. Default: 200,000.</summary>
    public int MaxSteps { get; init; } = 200_000;

    /// <summary>Whether a failing run is made smaller before it is reported. Default: true.</summary>
    public bool Shrinks { get; init; } = true;
}
