namespace HashtagTracker.Live;

/// <summary>Which windows are counted and how much of them is shown.</summary>
internal sealed record WindowHistoryOptions
{
    /// <summary>Where the tweets come from, in a few words.</summary>
    public required string Source { get; init; }

    /// <summary>Where the counts go besides to the page; <c>null</c>: nowhere.</summary>
    public string? Sink { get; init; }

    /// <summary>Length of a window.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Hop from one window to the next.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>How many places the ranking has. Default: 10, what a screen shows without scrolling.</summary>
    public int Ranks { get; init; } = 10;

    /// <summary>How many leaders have a line in the chart. Default: 6, what can be told apart by colour.</summary>
    public int Leaders { get; init; } = 6;

    /// <summary>How many windows back the chart goes; older ones are forgotten. Default: 60.</summary>
    public int Windows { get; init; } = 60;
}
