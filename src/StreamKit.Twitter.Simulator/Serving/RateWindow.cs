namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>Counts requests in windows of 15 minutes.</summary>
internal sealed class RateWindow(int limit, TimeProvider clock)
{
    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private DateTimeOffset _reset = clock.GetUtcNow() + s_length;
    private int _used;

    /// <summary>Counts a request; says whether it is allowed, how many are left, and when the window ends.</summary>
    internal (bool Allowed, int Limit, int Remaining, DateTimeOffset Reset) Take()
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (now >= _reset)
            {
                (_used, _reset) = (0, now + s_length);
            }

            bool allowed = _used < limit;
            _used += allowed ? 1 : 0;
            return (allowed, limit, limit - _used, _reset);
        }
    }
}
