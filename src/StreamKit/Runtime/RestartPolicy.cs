namespace StreamKit.Runtime;

/// <summary>How often, and after what delay, a job that fails is started again.</summary>
internal sealed record RestartPolicy
{
    /// <summary>How many restarts there may be within <see cref="Within"/>.</summary>
    public required int MaxRestarts { get; init; }

    /// <summary>How long the job must have run for earlier restarts to be forgotten.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>How long the first restart waits.</summary>
    public required TimeSpan FirstDelay { get; init; }

    /// <summary>How long a restart waits at most.</summary>
    public required TimeSpan MaxDelay { get; init; }

    /// <summary>What each further delay is multiplied by.</summary>
    public required double Factor { get; init; }

    /// <summary>
    /// How often the same failure at the same place may come in a row without a checkpoint in between.
    /// </summary>
    public required int MaxSameFailures { get; init; }

    public static RestartPolicy None { get; } = new()
    {
        MaxRestarts = 0,
        Within = TimeSpan.Zero,
        FirstDelay = TimeSpan.Zero,
        MaxDelay = TimeSpan.Zero,
        Factor = 1,
        MaxSameFailures = 0,
    };
}
