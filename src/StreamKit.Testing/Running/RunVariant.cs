namespace StreamKit.Testing.Running;

/// <summary>One way to run a script; all ways must give the same results.</summary>
internal sealed record RunVariant(string Name)
{
    /// <summary>How many lanes keyed stages have.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>How many records a batch holds.</summary>
    public required int BatchSize { get; init; }

    public BatchCut Cut { get; init; }

    /// <summary>Whether every output refuses more after each batch and signal until it is asked again.</summary>
    public bool Refuses { get; init; }

    public int Seed { get; init; }

    /// <summary>
    /// The numbers of lanes on which the run goes on in turn, saved before each step and taken up by a new one; empty:
    /// it runs through.
    /// </summary>
    public IReadOnlyList<int> Restarts { get; init; } = [];

    /// <summary>Whether all state that can leave memory does after every batch.</summary>
    public bool Spills { get; init; }

    /// <summary>Whether what follows a restart spills where that before it did not, and the other way round.</summary>
    public bool SpillsInTurn { get; init; }

    public override string ToString() => Name;
}
