namespace HashtagTracker.Simulation;

/// <summary>Delivers tweets at the pace of their arrival times, the first one at once.</summary>
/// <remarks>Falls behind rather than dropping a tweet when the reader is slow,
/// and then catches up without waiting.</remarks>
internal sealed class PacedReplay : IAsyncEnumerable<SimulatedTweet>
{
    // A timer cannot be set for longer than 49 days; a longer pause is slept in pieces.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly IEnumerable<SimulatedTweet> _tweets;
    private readonly TimeProvider _time;
    private readonly double _speed;

    /// <param name="tweets">In the order of their arrival.</param>
    /// <param name="time">The clock by which is waited.</param>
    /// <param name="speed">1 is real time, 60 a minute in a second, positive infinity never waits.</param>
    public PacedReplay(IEnumerable<SimulatedTweet> tweets, TimeProvider time, double speed)
    {
        if (!(speed > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "The speed must be greater than 0.");
        }

        _tweets = tweets;
        _time = time;
        _speed = speed;
    }

    /// <summary>Starts the replay; cancelling ends it with <see cref="OperationCanceledException"/>.</summary>
    public async IAsyncEnumerator<SimulatedTweet> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        long began = _time.GetTimestamp();
        long? first = null;
        foreach (SimulatedTweet tweet in _tweets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long arrival = tweet.ArrivedAt.UtcTicks;
            first ??= arrival;
            double due = (arrival - first.Value) / _speed;
            for (double rest = due - Elapsed(began); rest > 0; rest = due - Elapsed(began))
            {
                // Timers count whole milliseconds; rounding down would spin through the last one.
                double milliseconds = Math.Ceiling(rest / TimeSpan.TicksPerMillisecond);
                await Task.Delay(
                    TimeSpan.FromMilliseconds(Math.Min(milliseconds, LongestSleep.TotalMilliseconds)),
                    _time,
                    cancellationToken);
            }

            yield return tweet;
        }
    }

    private double Elapsed(long began) => _time.GetElapsedTime(began).Ticks;
}
