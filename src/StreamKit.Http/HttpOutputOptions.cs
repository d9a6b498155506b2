namespace StreamKit.Http;

/// <summary>How results are sent to those who listen.</summary>
public sealed record HttpOutputOptions
{
    /// <summary>
    /// How many frames are sent per second at most, 1 to 1,000. What comes between two frames goes together into the
    /// next one; of records with a key the newest each. Default: null, a frame for each batch, at once.
    /// </summary>
    public int? FramesPerSecond { get; init; }

    /// <summary>
    /// How many records a frame holds at most, 1 to 1,000,000. Without <see cref="FramesPerSecond"/> further ones go
    /// into another frame; with it the oldest are dropped and counted, but of records with a key none is. Default:
    /// 1,024.
    /// </summary>
    public int MaxFrameRecords { get; init; } = 1024;

    /// <summary>
    /// How many frames may wait for one client, 1 to 10,000; the oldest is dropped for one that reads too slowly.
    /// Default: 16.
    /// </summary>
    public int ClientFrames { get; init; } = 16;

    /// <summary>How many clients may listen at a time, from 1. Default: 1,000.</summary>
    public int MaxClients { get; init; } = 1000;

    /// <summary>
    /// How many of the latest frames are kept for clients that come back, 0 to 100,000. Default: 256.
    /// </summary>
    public int HistoryFrames { get; init; } = 256;

    /// <summary>How many bytes the frames that are kept may have, not negative. Default: 1 MiB.</summary>
    public long HistoryBytes { get; init; } = 1 << 20;

    /// <summary>
    /// What a client gets first that comes for the first time, where records have no key: whether all frames that are
    /// kept. Where records have a key it gets the newest of each key in any case. Default: false.
    /// </summary>
    public bool SendsHistory { get; init; }

    /// <summary>
    /// How many keys are kept, 1 to 10,000,000; one more takes the place of that which has said nothing for longest.
    /// Default: 10,000.
    /// </summary>
    public int MaxKeys { get; init; } = 10_000;

    /// <summary>
    /// How often something is sent at least, so that nobody on the way takes the connection for dead, 1 second to 1
    /// hour. Default: 15 seconds.
    /// </summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// After how long a browser connects again when the stream of events breaks, 0 to 1 hour. Default: 2 seconds.
    /// </summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Pages of which other origins may open a WebSocket, such as "https://shop.example"; "*": all. Browsers do not ask
    /// before, so a CORS policy does not protect it. Default: none.
    /// </summary>
    public IReadOnlyList<string> WebSocketOrigins { get; init; } = [];

    internal HttpOutputOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FramesPerSecond ?? 1, 1, nameof(FramesPerSecond));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FramesPerSecond ?? 1, 1000, nameof(FramesPerSecond));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFrameRecords, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxFrameRecords, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(ClientFrames, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ClientFrames, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxClients, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(HistoryFrames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HistoryFrames, 100_000);
        ArgumentOutOfRangeException.ThrowIfNegative(HistoryBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxKeys, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxKeys, 10_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(Heartbeat, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Heartbeat, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Reconnect, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Reconnect, TimeSpan.FromHours(1));
        ArgumentNullException.ThrowIfNull(WebSocketOrigins);
        return this;
    }
}
