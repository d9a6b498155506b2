namespace StreamKit.PostgreSql;

/// <summary>How checkpoints are kept in PostgreSQL.</summary>
public sealed record PostgreSqlCheckpointOptions
{
    /// <summary>
    /// The schema of the tables; it must be there. Default: null, the search path.
    /// </summary>
    public string? Schema { get; init; }

    /// <summary>
    /// How long errors that pass are waited out before a call fails: a server that is away, restarts or is full.
    /// Default: 30 seconds; not negative, zero fails at once.
    /// </summary>
    /// <remarks>
    /// Attempts follow after a tenth of a second, doubling up to 5 seconds, by the clock of the job, which keeps
    /// working meanwhile. What then becomes of the job is said by <see cref="CheckpointOptions.TolerableFailures"/>.
    /// </remarks>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(30);

    internal PostgreSqlCheckpointOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryFor, TimeSpan.Zero, nameof(RetryFor));
        return this;
    }
}
