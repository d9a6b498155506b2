namespace StreamKit.Redis;

/// <summary>How records are written to Redis.</summary>
public record RedisSinkOptions
{
    /// <summary>
    /// How long the sink goes on trying, when it is opened and later, while the server does not answer; then the job
    /// fails. By the clock of the job. Default: 30 seconds; zero: it tries once.
    /// </summary>
    /// <remarks>What the server refuses, a wrong password or a key of another kind, is not tried again.</remarks>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long after the last write to a key the server forgets it, by the server's clock. Default: null, never; else
    /// at least a millisecond.
    /// </summary>
    /// <remarks>
    /// Keys that are named after windows need it, or they stay for ever. Give it more than the time that a job may be
    /// down: what is written again must not meet a key that is half gone.
    /// </remarks>
    public TimeSpan? ExpireAfter { get; init; }

    /// <summary>
    /// How many batches of records may be on their way to the server at the same time, where their order does not
    /// matter to readers: hashes and sorted sets. Bounds memory. Default: 4; from 1 to 1,024.
    /// </summary>
    public int BatchesInFlight { get; init; } = 4;

    internal virtual RedisSinkOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryFor, TimeSpan.Zero, nameof(RetryFor));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            ExpireAfter ?? TimeSpan.MaxValue, TimeSpan.FromMilliseconds(1), nameof(ExpireAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchesInFlight, 1, nameof(BatchesInFlight));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchesInFlight, 1024, nameof(BatchesInFlight));
        return this;
    }
}
