using StreamKit.Redis.Reading;

namespace StreamKit.Redis;

/// <summary>How streams of Redis are read.</summary>
public abstract record RedisSourceOptions
{
    private protected RedisSourceOptions()
    {
    }

    /// <summary>
    /// The ID of the entry behind which reading begins where the job has no position: "0-0" is the oldest entry that
    /// there is, "$" what comes from now on. Default: "0-0", so that nothing is missed.
    /// </summary>
    public string StartAfter { get; init; } = "0-0";

    /// <summary>
    /// Whether the source waits for further entries at the end of a stream. Default: true; else the stream ends where
    /// it ends when the source comes there.
    /// </summary>
    public bool Follow { get; init; } = true;

    /// <summary>
    /// How long the source waits at most before it asks again while a stream is quiet; after entries it asks at once,
    /// and then less and less often. It bounds the delay of an entry. Default: 100 milliseconds; from 1 millisecond to
    /// 1 hour.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long the source goes on trying, when it is opened and later, while the server does not answer; then the job
    /// fails. By the clock of the job. Default: 30 seconds; zero: it tries once.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether reading begins with what comes from now on.</summary>
    internal bool StartsNow => StartAfter == "$";

    internal virtual RedisSourceOptions Validated()
    {
        ArgumentNullException.ThrowIfNull(StartAfter);
        if (!StartsNow && !StreamId.TryParse(StartAfter, out _))
        {
            throw new ArgumentException($"'{StartAfter}' is neither the ID of an entry nor \"$\".", nameof(StartAfter));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(PollInterval, TimeSpan.FromMilliseconds(1), nameof(PollInterval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PollInterval, TimeSpan.FromHours(1), nameof(PollInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryFor, TimeSpan.Zero, nameof(RetryFor));
        return this;
    }
}
