namespace WebAnalytics;

/// <summary>The sizes of windows and what counts as late.</summary>
internal sealed record AnalyticsSettings
{
    /// <summary>The silence after which a visit is over. Default: 30 minutes.</summary>
    public TimeSpan SessionGap { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The longest visit, so that a crawler that never rests is counted too. Default: 12 hours.</summary>
    public TimeSpan LongestSession { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How much later than a newer request one may come and still be on time. Default: 1 minute.</summary>
    public TimeSpan OutOfOrderness { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long five minutes that were counted still take late requests. Default: 5 minutes.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The time zone of calendar days.</summary>
    public string Zone { get; init; } = "Europe/Berlin";
}
