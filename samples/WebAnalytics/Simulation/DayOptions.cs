namespace WebAnalytics.Simulation;

/// <summary>The day that is invented.</summary>
internal sealed record DayOptions
{
    public long Seed { get; init; } = 1;

    /// <summary>When it begins. Default: midnight in Berlin, before 2026-03-03.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 3, 0, 0, 0, TimeSpan.FromHours(1));

    /// <summary>How many visits begin on it, besides the crawler's. All are held in memory. Default: 5,000.</summary>
    public int Visits { get; init; } = 5_000;

    /// <summary>How many people there are to come, some again. Default: 2,000.</summary>
    public int People { get; init; } = 2_000;

    /// <summary>The share of requests that a phone sends once it has its network back. Default: 2 in a thousand.
    /// </summary>
    public double HeldBack { get; init; } = 0.002;

    /// <summary>When the web server is down, from the day's beginning.</summary>
    public TimeSpan DownFrom { get; init; } = new(4, 10, 0);

    /// <summary>How long it is. Default: 20 minutes, less than ends a visit.</summary>
    public TimeSpan DownFor { get; init; } = TimeSpan.FromMinutes(20);
}
