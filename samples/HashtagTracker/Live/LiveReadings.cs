namespace HashtagTracker.Live;

/// <summary>The readings that stand beside the ranking.</summary>
internal readonly record struct LiveReadings
{
    /// <summary>When they were taken.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Event time up to which all is believed to have arrived;
    /// <c>null</c> before the first watermark.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>How far the watermark is behind; <c>null</c> before the first.</summary>
    public TimeSpan? WatermarkLag { get; init; }

    /// <summary>Whether all tweets have come and are counted.</summary>
    public bool Ended { get; init; }

    public double TweetsPerSecond { get; init; }

    /// <summary>Uses of hashtags since the start.</summary>
    public long Hashtags { get; init; }

    /// <summary>How many of them missed a window, or all.</summary>
    public long Late { get; init; }

    public long Tweets { get; init; }
}
