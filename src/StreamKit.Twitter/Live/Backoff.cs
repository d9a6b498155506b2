namespace StreamKit.Twitter.Live;

/// <summary>Says how long to wait before the next attempt.</summary>
/// <remarks>
/// The steps are those that the service documents (X API, "Handling disconnections"): network errors 250 ms more each
/// time up to 16 s; HTTP errors 5 s, doubling up to 320 s; rate limits one minute, doubling, and never less than the
/// service says. Each kind of failure has its own count, so that two kinds in turn do not keep each other small.
/// </remarks>
internal sealed class Backoff(double jitter, Random random)
{
    private static readonly TimeSpan s_networkStep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_networkMost = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan s_httpFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_httpMost = TimeSpan.FromSeconds(320);
    private static readonly TimeSpan s_limitFirst = TimeSpan.FromMinutes(1);

    // Limits are counted over 15 minutes: after so long each has ended.
    private static readonly TimeSpan s_limitMost = TimeSpan.FromMinutes(15);

    // What lies further ahead is no window of a limit but a clock that is wrong.
    private static readonly TimeSpan s_resetMost = TimeSpan.FromHours(1);

    private readonly int[] _failures = new int[3];

    /// <summary>Whether the last wait was as long as waits of its kind become.</summary>
    internal bool IsAtMost { get; private set; }

    /// <summary>The last wait.</summary>
    internal TimeSpan Wait { get; private set; }

    /// <summary>Counts one more failure and says how long to wait after it.</summary>
    internal TimeSpan Next(Failure failure, TimeSpan? untilReset)
    {
        int count = ++_failures[(int)failure];
        (TimeSpan wait, TimeSpan most) = failure switch
        {
            Failure.Network => (s_networkStep * count, s_networkMost),
            Failure.Http => (Doubled(s_httpFirst, count), s_httpMost),
            _ => (Doubled(s_limitFirst, count), s_limitMost),
        };
        IsAtMost = wait >= most;
        wait = wait < most ? wait : most;
        if (failure == Failure.RateLimit && untilReset > wait)
        {
            wait = untilReset.Value < s_resetMost ? untilReset.Value : s_resetMost;
        }

        Wait = wait + (wait * (jitter * random.NextDouble()));
        return Wait;
    }

    /// <summary>Forgets all failures: the stream is alive.</summary>
    internal void Reset() => Array.Clear(_failures);

    // Far more doublings than any limit has room for; more would not fit a TimeSpan.
    private static TimeSpan Doubled(TimeSpan first, int count) => first * Math.Pow(2, Math.Min(count - 1, 20));
}
