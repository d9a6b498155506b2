namespace StreamKit.PostgreSql;

/// <summary>How rows are written.</summary>
public sealed record PostgreSqlSinkOptions
{
    /// <summary>
    /// How many records are gathered, and committed together. Default: 10,000; from 1 to 1,000,000.
    /// </summary>
    /// <remarks>Fewer are committed when the input is silent for the moment, and at each checkpoint.</remarks>
    public int BatchRecords { get; init; } = 10_000;

    /// <summary>
    /// How long a record waits for others, by the clock of the job, while records keep coming. Default: 1 second; not
    /// negative. Zero commits what the engine hands over, at once.
    /// </summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long errors that pass are waited out before the sink fails: a server that is away, restarts or is full, a
    /// conflict with another transaction. Default: 30 seconds; not negative, zero fails at once.
    /// </summary>
    /// <remarks>
    /// Attempts follow after a tenth of a second, doubling up to 5 seconds, by the clock of the job. Meanwhile the
    /// pipeline holds.
    /// </remarks>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the table is made where there is none. Default: true.</summary>
    /// <remarks>A table that is there is never altered; it may have more columns than are written.</remarks>
    public bool CreateTable { get; init; } = true;

    /// <summary>
    /// Whether, in a job that takes checkpoints, records are written after the checkpoint that holds them is complete,
    /// in one transaction with its number, so that each is there exactly once whatever fails. Default: false.
    /// </summary>
    /// <remarks>
    /// The records need a serializer, because they lie in the checkpoint; its interval is the delay of the output. The
    /// number stands in the table "streamkit_epoch" beside the table, in a row for the pipeline and the sink: it
    /// belongs to the data, and is kept and restored with it. A job that takes no checkpoints writes as without this
    /// option.
    /// </remarks>
    public bool ExactlyOnce { get; init; }

    internal PostgreSqlSinkOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchRecords, 1, nameof(BatchRecords));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchRecords, 1_000_000, nameof(BatchRecords));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchDelay, TimeSpan.Zero, nameof(BatchDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryFor, TimeSpan.Zero, nameof(RetryFor));
        return this;
    }
}
