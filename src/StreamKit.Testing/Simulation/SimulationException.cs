namespace StreamKit.Testing.Simulation;

/// <summary>A simulated job did not end with the results that it should have.</summary>
public sealed class SimulationException : Exception
{
    internal SimulationException(int seed, string what, IReadOnlyList<string> faults, Exception? inner = null)
        : base(Describe(seed, what, faults), inner) => (Seed, What, Faults) = (seed, what, faults);

    /// <summary>The seed; with <see cref="SimulationOptions.FirstSeed"/> it runs again.</summary>
    public int Seed { get; }

    /// <summary>What was wrong.</summary>
    public string What { get; }

    /// <summary>
    /// What the simulation had let go wrong, in order; as little as it takes, where the run was made smaller.
    /// </summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Describe(int seed, string what, IReadOnlyList<string> faults) =>
        $"Seed {seed}: {what}{Environment.NewLine}"
        + (faults.Count == 0
            ? "Nothing had gone wrong before."
            : $"What had gone wrong before:{string.Concat(faults.Select(static f => $"{Environment.NewLine}- {f}"))}")
        + $"{Environment.NewLine}To run it again: new SimulationOptions {{ FirstSeed = {seed}, Seeds = 1 }}";
}
