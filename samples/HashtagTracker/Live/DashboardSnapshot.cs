namespace HashtagTracker.Live;

/// <summary>Everything the page shows at one moment.</summary>
internal sealed record DashboardSnapshot
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Where the tweets come from, in a few words.</summary>
    public required string Source { get; init; }

    /// <summary>Where the counts go besides to the page; <c>null</c>: nowhere.</summary>
    public string? Sink { get; init; }

    /// <summary>Whether all tweets have come and are counted.</summary>
    public bool Ended { get; init; }

    /// <summary>Length of a window.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Hop from one window to the next.</summary>
    public required double EverySeconds { get; init; }

    /// <summary>Event time up to which all is believed to have arrived; <c>null</c> before the first watermark and
    /// after the end.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>What <see cref="Watermark"/> has to reach for the next window to be complete.</summary>
    public DateTimeOffset? NextEnd { get; init; }

    /// <summary>Start of the window that <see cref="Top"/> describes; <c>null</c> before the first.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary>Its end, excluded.</summary>
    public DateTimeOffset? WindowEnd { get; init; }

    /// <summary>How many different tags the window has.</summary>
    public int DistinctTags { get; init; }

    /// <summary>The ranking, best first.</summary>
    public IReadOnlyList<TopTag> Top { get; init; } = [];

    /// <summary>The ends of the windows in <see cref="Series"/>, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> SeriesEnds { get; init; } = [];

    /// <summary>How the leaders came to be leaders.</summary>
    public IReadOnlyList<TagSeries> Series { get; init; } = [];

    /// <summary>Tweets that arrive per second.</summary>
    public double TweetsPerSecond { get; init; }

    /// <summary>How far the watermark is behind the newest arrival; <c>null</c> before there is a watermark.</summary>
    public double? WatermarkLagSeconds { get; init; }

    /// <summary>Uses of hashtags since the start.</summary>
    public long Hashtags { get; init; }

    /// <summary>How many of them came too late for at least one of their windows.</summary>
    public long Late { get; init; }

    /// <summary>All tweets since the start.</summary>
    public long Tweets { get; init; }
}
