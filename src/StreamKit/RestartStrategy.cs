using StreamKit.Runtime;

namespace StreamKit;

/// <summary>How often, and after what delay, a job that fails is started again from its last checkpoint.</summary>
/// <remarks>
/// A record that makes the job fail each time does not do so for ever: when the same failure comes at the same record
/// again and again, and no checkpoint was completed in between, the job stays down. To go on without such records, see
/// <see cref="ErrorPolicy"/>.
/// </remarks>
public sealed class RestartStrategy
{
    // A failure of something outside may come with the same words a few times before it is over.
    private const int SameFailures = 10;

    private RestartStrategy(RestartPolicy policy) => Policy = policy;

    /// <summary>The job is not started again.</summary>
    public static RestartStrategy None { get; } = new(RestartPolicy.None);

    /// <summary>
    /// <see cref="Exponential"/> from one second to one minute, without a limit to the number of restarts, forgotten
    /// after ten minutes without a failure.
    /// </summary>
    public static RestartStrategy Default { get; } =
        Exponential(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));

    internal RestartPolicy Policy { get; }

    /// <summary>So many restarts at most, each after the same delay.</summary>
    /// <param name="restarts">How many; they are counted over the whole life of the job. From 1.</param>
    /// <param name="delay">How long to wait before each.</param>
    public static RestartStrategy Fixed(int restarts, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(restarts);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new(new RestartPolicy
        {
            MaxRestarts = restarts,
            Within = TimeSpan.MaxValue,
            FirstDelay = delay,
            MaxDelay = delay,
            Factor = 1,
            MaxSameFailures = restarts,
        });
    }

    /// <summary>A delay that doubles with each restart, and begins anew after a time without a failure.</summary>
    /// <param name="first">The first delay. Above zero.</param>
    /// <param name="max">The longest delay.</param>
    /// <param name="resetAfter">How long the job must run for earlier failures to be forgotten. Above zero.</param>
    /// <param name="maxRestarts">How many restarts there may be before they are forgotten. Default: any number.</param>
    public static RestartStrategy Exponential(
        TimeSpan first, TimeSpan max, TimeSpan resetAfter, int maxRestarts = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(first, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, first);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(resetAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRestarts);
        return new(new RestartPolicy
        {
            MaxRestarts = maxRestarts,
            Within = resetAfter,
            FirstDelay = first,
            MaxDelay = max,
            Factor = 2,
            MaxSameFailures = SameFailures,
        });
    }
}
