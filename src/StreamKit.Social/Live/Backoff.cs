namespace StreamKit.Social.Live;

/// <summary>Says how long to wait before the next attempt: a second, doubling up to a minute.</summary>
internal sealed class Backoff(Random random)
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(1);

    // What a server asks for beyond this is no wait but a mistake.
    private static readonly TimeSpan s_askedMost = TimeSpan.FromHours(1);

    private int _failures;

    /// <summary>Counts one more failure and says how long to wait after it.</summary>
    internal TimeSpan Next(TimeSpan? asked)
    {
        // More doublings than there is room for; further ones would not fit a TimeSpan.
        TimeSpan wait = s_first * Math.Pow(2, Math.Min(_failures++, 20));
        wait = wait < s_most ? wait : s_most;
        if (asked > wait)
        {
            wait = asked.Value < s_askedMost ? asked.Value : s_askedMost;
        }

        return wait + (wait * (Jitter * random.NextDouble()));
    }

    internal void Reset() => _failures = 0;
}
