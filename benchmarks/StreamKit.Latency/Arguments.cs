namespace StreamKit.Latency;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    /// <summary>Events per second of the runs, one after the other. Default: 100,000, 500,000 and 1,000,000.</summary>
    public IReadOnlyList<int> Rates { get; init; } = [100_000, 500_000, 1_000_000];

    public int Keys { get; init; } = 10_000;

    public TimeSpan WindowSize { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long each run is measured. Default: 20 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long each run goes before it is measured. Default: 5 s.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the source gathers events at least between two reads. Default: 100 µs.</summary>
    public TimeSpan Quantum { get; init; } = TimeSpan.FromMicroseconds(100);

    public int Lanes { get; init; } = 1;

    /// <summary>Whether the paced load runs. Default: yes.</summary>
    public bool Paced { get; init; } = true;

    /// <summary>Whether the idle pipeline runs. Default: yes.</summary>
    public bool Idle { get; init; } = true;

    public int IdleEvents { get; init; } = 10_000;

    /// <summary>Between two events of the idle pipeline. Default: 200 µs.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMicroseconds(200);

    public bool Help { get; init; }
}
