namespace StreamKit.Twitter;

/// <summary>
/// One post, in the same form whether it came from API v2, from v1.1, or from a recorded file of either.
/// </summary>
/// <remarks>
/// Two tweets with the same <see cref="Id"/> are not equal objects: streams deliver at least once, so compare ids to
/// drop repeats. Lists are never null and keep the delivered order.
/// </remarks>
public sealed class Tweet
{
    /// <summary>The 64-bit id. v1.1 sends it as text and as a number; the text wins, because the number may have been
    /// rounded on its way through JavaScript.</summary>
    public required long Id { get; init; }

    /// <summary>The event time, in UTC.</summary>
    /// <remarks>
    /// v1.1 <c>timestamp_ms</c> (milliseconds) before <c>created_at</c> (v1.1: seconds). A post that carries neither
    /// gets the time inside its id; ids given out before November 2010 hold none and read as that month.
    /// </remarks>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The full text: the long form (<c>extended_tweet</c>, <c>note_tweet</c>) where one was delivered. The
    /// text of a retweet is cut by the service itself.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// The language the service detected (BCP 47; <c>und</c> when it could not), or null when not delivered.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>The author's id, or 0 when it was not requested.</summary>
    public long AuthorId { get; init; }

    /// <summary>The author's user name without '@', or null when the author was not delivered along.</summary>
    public string? AuthorUserName { get; init; }

    /// <summary>The hashtags of the top-level <c>entities</c>, as written, without '#', repeats included.</summary>
    public IReadOnlyList<string> Hashtags { get; init; } = [];

    /// <summary>The hashtags of the long form where one was delivered, otherwise the same list as <see
    /// cref="Hashtags"/>. A cut v1.1 tweet loses tags at the top level, and this list has them.</summary>
    public IReadOnlyList<string> ExtendedHashtags { get; init; } = [];

    /// <summary>The users mentioned, of the long form where one was delivered.</summary>
    public IReadOnlyList<TweetMention> Mentions { get; init; } = [];

    /// <summary>The links, expanded where the service did so, of the long form where one was delivered.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>The posts this one retweets, quotes or answers.</summary>
    public IReadOnlyList<TweetReference> References { get; init; } = [];

    /// <summary>The counters at delivery, or null when none was delivered.</summary>
    public TweetMetrics? Metrics { get; init; }

    /// <summary>Where the post says it was written, or null.</summary>
    public TweetGeo? Geo { get; init; }

    /// <summary>The rules of a filtered stream that this post matched; empty on other streams.</summary>
    public IReadOnlyList<MatchingRule> MatchingRules { get; init; } = [];

    /// <summary>The ids of all versions of an edited post, oldest first; empty when not delivered (v1.1).</summary>
    public IReadOnlyList<long> EditHistoryIds { get; init; } = [];

    /// <summary>Whether the post repeats another one unchanged.</summary>
    public bool IsRetweet => Refers(TweetReferenceKind.Retweeted);

    /// <summary>Whether the post quotes another one. A v1.1 retweet of a quote is both; a quote whose original is gone
    /// (<c>is_quote_status</c> without an id) is not counted.</summary>
    public bool IsQuote => Refers(TweetReferenceKind.Quoted);

    /// <summary>Whether the post answers another post. Addressing a user alone is no reply.</summary>
    public bool IsReply => Refers(TweetReferenceKind.RepliedTo);

    private bool Refers(TweetReferenceKind kind)
    {
        for (int i = 0; i < References.Count; i++)
        {
            if (References[i].Kind == kind)
            {
                return true;
            }
        }

        return false;
    }
}
