namespace StreamKit.Social;

/// <summary>How Bluesky's Jetstream is read.</summary>
public sealed record JetstreamOptions
{
    /// <summary>
    /// Where it is, <c>ws</c> or <c>wss</c>. Default: one of the public servers,
    /// <c>wss://jetstream2.us-east.bsky.network/subscribe</c>.
    /// </summary>
    public Uri Endpoint { get; init; } = new("wss://jetstream2.us-east.bsky.network/subscribe");

    /// <summary>Whose posts, by their DIDs, at most 10,000. Default: empty, everybody's.</summary>
    public IReadOnlyList<string> Dids { get; init; } = [];

    /// <summary>
    /// Where in the past to begin; the public servers keep some 36 hours, and begin with the oldest that they have when
    /// asked for more. Default: null, with what comes from now on.
    /// </summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>
    /// How far before the last event a connection is taken up again; what comes twice is dropped. Another server
    /// numbers events by its own clock, and this covers the difference. From 0 to 10 minutes. Default: 5 seconds.
    /// </summary>
    public TimeSpan Rewind { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long nothing may come before the connection counts as dead; null: for ever, as it should be with few
    /// <see cref="Dids"/>. At least one second. Default: one minute.
    /// </summary>
    public TimeSpan? SilenceTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After how many posts the source ends. Default: null, it does not end.</summary>
    public long? MaxPosts { get; init; }

    /// <summary>How many posts may wait for the pipeline, 1 to 1,000,000. Default: 10,000.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>
    /// How long a message may be, in bytes; a longer one goes to the job's error policy with its first 1,024 bytes.
    /// From 1 KiB to 64 MiB. Default: 1 MiB.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 1 << 20;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Endpoint);
        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("ws" or "wss"))
        {
            throw new ArgumentException($"The endpoint must be an absolute address of ws or wss: '{Endpoint}'.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(Dids.Count, 10_000, nameof(Dids));
        ArgumentOutOfRangeException.ThrowIfLessThan(Rewind, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rewind, TimeSpan.FromMinutes(10));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            SilenceTimeout ?? TimeSpan.MaxValue, TimeSpan.FromSeconds(1), nameof(SilenceTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPosts ?? 1, 1, nameof(MaxPosts));
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueCapacity, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageBytes, 1 << 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMessageBytes, 1 << 26);
    }
}
