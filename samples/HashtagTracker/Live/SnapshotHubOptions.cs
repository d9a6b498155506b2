namespace HashtagTracker.Live;

/// <summary>The limits of a <see cref="SnapshotHub"/>.</summary>
internal sealed record SnapshotHubOptions
{
    /// <summary>Snapshots that come faster are merged into the last one.
    /// Default: 250 ms, as fast as a reader follows.</summary>
    public TimeSpan ShortestInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Frames that wait for a slow client before the oldest is dropped. Default: 8, two seconds.</summary>
    public int FramesPerClient { get; init; } = 8;

    /// <summary>Clients beyond this are refused, since each holds a connection. Default: 1000.</summary>
    public int MostClients { get; init; } = 1000;

    /// <summary>A silent stream gets a comment this often, or proxies close it. Default: 15 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a browser waits before it connects again. Default: 2 s.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(2);
}
