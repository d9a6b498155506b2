namespace StreamKit.PostgreSql.Connections;

/// <summary>How long to wait before the next attempt: a tenth of a second, doubling up to five seconds.</summary>
/// <param name="most">How long is waited in all.</param>
/// <param name="clock">The clock of the job.</param>
internal sealed class Patience(TimeSpan most, TimeProvider clock)
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private long? _since;
    private TimeSpan _next = s_first;

    /// <summary>Whether anything was tried again.</summary>
    public bool WasTried { get; private set; }

    /// <summary>Counts one more failure; says how long to wait after it, or null where it is time to give up.</summary>
    public TimeSpan? Next()
    {
        _since ??= clock.GetTimestamp();
        TimeSpan left = most - clock.GetElapsedTime(_since.Value);
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        TimeSpan wait = _next < left ? _next : left;
        _next = _next * 2 < s_longest ? _next * 2 : s_longest;
        WasTried = true;
        return wait;
    }
}
