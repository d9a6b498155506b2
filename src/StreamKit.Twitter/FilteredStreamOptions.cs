namespace StreamKit.Twitter;

/// <summary>How the filtered stream of API v2 is read.</summary>
public sealed record FilteredStreamOptions
{
    /// <summary>Where the API is, and its token.</summary>
    public required TwitterAccess Access { get; init; }

    /// <summary>
    /// What of a post is asked for (<c>tweet.fields</c>). Default: what <see cref="Tweet"/> shows.
    /// </summary>
    public IReadOnlyList<string> TweetFields { get; init; } =
        ["created_at", "lang", "author_id", "entities", "public_metrics", "referenced_tweets", "geo", "note_tweet"];

    /// <summary>Which objects come along. Default: the author.</summary>
    public IReadOnlyList<string> Expansions { get; init; } = ["author_id"];

    /// <summary>What of a user is asked for (<c>user.fields</c>). Default: the name.</summary>
    public IReadOnlyList<string> UserFields { get; init; } = ["username"];

    /// <summary>What of media is asked for (<c>media.fields</c>). Default: nothing more than their keys.</summary>
    public IReadOnlyList<string> MediaFields { get; init; } = [];

    /// <summary>What of a place is asked for (<c>place.fields</c>). Default: no more than its id and name.</summary>
    public IReadOnlyList<string> PlaceFields { get; init; } = [];

    /// <summary>What of a poll is asked for (<c>poll.fields</c>). Default: nothing more than its options.</summary>
    public IReadOnlyList<string> PollFields { get; init; } = [];

    /// <summary>
    /// How many minutes before a connection the service is asked to repeat, 0 to 5, where the contract with it allows
    /// that. Default: 0, and then what is posted while no connection is open is lost.
    /// </summary>
    /// <remarks>
    /// The first connection asks for all of them, a later one for as many as the stream was down and one more. What
    /// comes twice is delivered once.
    /// </remarks>
    public int BackfillMinutes { get; init; }

    /// <summary>
    /// How many connections are open at a time, 1 to 10, where the contract allows several: what one misses comes
    /// through another, and each post is delivered once. Default: 1.
    /// </summary>
    public int Connections { get; init; } = 1;

    /// <summary>
    /// How long nothing may come before a connection counts as dead. The service sends a keep-alive every 20 seconds.
    /// At least one second. Default: 30 seconds, since the bare interval would misfire on the smallest delay.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// By how much of itself a wait between attempts is lengthened at most, by chance, so that many programs do not
    /// come back at one instant. From 0 to 1. Default: 0.1.
    /// </summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>
    /// How long no connection may be open before the source fails. Default: null, it tries for ever.
    /// </summary>
    public TimeSpan? MaxOutage { get; init; }

    /// <summary>
    /// After how many posts the source ends; posts are paid for one by one. Default: null, it does not end.
    /// </summary>
    public long? MaxPosts { get; init; }

    /// <summary>
    /// How many posts may wait for the pipeline, 1 to 1,000,000. A pipeline that stays behind lets the connection wait,
    /// and the service closes one that waits for long. Default: 10,000.
    /// </summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>
    /// How long a line may be, in bytes. A longer one goes to the job's error policy with its first 1,024 bytes. From
    /// 1 KiB to 1 GiB. Default: 1 MiB.
    /// </summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>What becomes of errors that come along with a post. Default: they are reported.</summary>
    public PartialErrors PartialErrors { get; init; } = PartialErrors.Report;

    /// <summary>
    /// Told what happens to the connections, by any thread, for each connection in its order; the connection waits
    /// meanwhile, and an exception from here fails the source. All of it is logged too. Default: null.
    /// </summary>
    public Action<ConnectionEvent>? OnConnectionEvent { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Access);
        Access.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(BackfillMinutes, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BackfillMinutes, 5);
        ArgumentOutOfRangeException.ThrowIfLessThan(Connections, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Connections, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepAliveTimeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(KeepAliveTimeout, TimeSpan.FromDays(1));
        if (!(Jitter >= 0 && Jitter <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Jitter), Jitter, "The jitter lies between 0 and 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOutage ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(MaxOutage));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPosts ?? 1, 1, nameof(MaxPosts));
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueCapacity, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLineBytes, 1 << 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxLineBytes, 1 << 30);
    }
}
