namespace StreamKit.Twitter;

/// <summary>The public counters of a post at the time of delivery; null where the service did not send one.</summary>
/// <remarks>On a live stream most counters are 0, because the post has just been written.</remarks>
public readonly record struct TweetMetrics
{
    /// <summary>How often it was retweeted.</summary>
    public int? RetweetCount { get; init; }

    /// <summary>How many replies it has.</summary>
    public int? ReplyCount { get; init; }

    /// <summary>How many users like it (v1.1: favourites).</summary>
    public int? LikeCount { get; init; }

    /// <summary>How often it was quoted.</summary>
    public int? QuoteCount { get; init; }

    /// <summary>How many users keep a bookmark of it.</summary>
    public int? BookmarkCount { get; init; }

    /// <summary>How often it was shown.</summary>
    public long? ImpressionCount { get; init; }
}
