namespace StreamKit.Twitter;

/// <summary>A user named in a post.</summary>
public readonly record struct TweetMention
{
    /// <summary>Makes a mention.</summary>
    public TweetMention(string userName, long? userId)
    {
        UserName = userName;
        UserId = userId;
    }

    /// <summary>The user name without '@'; empty where the service withheld it.</summary>
    public string UserName { get; }

    /// <summary>The user's id, or null when not delivered.</summary>
    public long? UserId { get; }
}
