namespace StreamKit.Twitter;

/// <summary>The author took a post back. It must be honoured, and it may come before the post itself.</summary>
public sealed class DeleteMessage : StreamMessage
{
    internal DeleteMessage(long tweetId, long? userId, DateTimeOffset? at)
    {
        TweetId = tweetId;
        UserId = userId;
        At = at;
    }

    /// <summary>The id of the deleted post.</summary>
    public long TweetId { get; }

    /// <summary>The id of its author, or null when not delivered.</summary>
    public long? UserId { get; }

    /// <summary>When it was deleted, in UTC, or null when not delivered.</summary>
    public DateTimeOffset? At { get; }
}
