namespace StreamKit.Social;

/// <summary>How the stream of a Mastodon server is read.</summary>
public sealed record MastodonOptions
{
    /// <summary>The server, such as <c>https://mastodon.social</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>
    /// Where the server streams, if that is elsewhere (<c>configuration.urls.streaming</c> of its description). An
    /// address of http or https. Default: null, at the server itself.
    /// </summary>
    public Uri? StreamingServer { get; init; }

    /// <summary>Which posts. Default: all that the server knows of.</summary>
    public MastodonTimeline Timeline { get; init; } = MastodonTimeline.Public;

    /// <summary>Only posts with this hashtag, without '#'. Default: null, all of the timeline.</summary>
    public string? Hashtag { get; init; }

    /// <summary>
    /// The name of the environment variable that holds the access token. Servers from 4.2 on ask for one of a free
    /// account, with the right <c>read:statuses</c>. Default: null, no token is sent.
    /// </summary>
    public string? TokenVariable { get; init; }

    /// <summary>
    /// The client for all requests; it stays its owner's to dispose. Default: null, one that leaves with its user.
    /// </summary>
    public HttpClient? Client { get; init; }

    /// <summary>
    /// How long nothing may come before the connection counts as dead. Servers send a heartbeat every 15 seconds. At
    /// least one second. Default: 45 seconds.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// How many pages of 40 posts are fetched after a break to fill the gap; 0: none. Default: 25.
    /// </summary>
    public int MaxGapPages { get; init; } = 25;

    /// <summary>After how many posts the source ends. Default: null, it does not end.</summary>
    public long? MaxPosts { get; init; }

    /// <summary>How many posts may wait for the pipeline, 1 to 1,000,000. Default: 10,000.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Server);
        foreach (Uri address in new[] { Server, StreamingServer ?? Server })
        {
            if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            {
                throw new ArgumentException($"The server must be an absolute address of http or https: '{address}'.");
            }
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(SilenceTimeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxGapPages, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPosts ?? 1, 1, nameof(MaxPosts));
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueCapacity, 1_000_000);
    }
}
