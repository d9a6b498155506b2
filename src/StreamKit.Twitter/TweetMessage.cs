namespace StreamKit.Twitter;

/// <summary>One post or, from a search page, several.</summary>
public sealed class TweetMessage : StreamMessage
{
    internal TweetMessage(Tweet[] tweets, StreamProblem[] problems, int notPosts)
    {
        Tweets = tweets;
        Problems = problems;
        NotPosts = notPosts;
    }

    /// <summary>The posts in delivered order, at least one.</summary>
    public IReadOnlyList<Tweet> Tweets { get; }

    /// <summary>What the service could not deliver along with the posts (a deleted original, a suspended author). The
    /// posts are good all the same, and this is no disconnect.</summary>
    public IReadOnlyList<StreamProblem> Problems { get; }

    /// <summary>How many items of the page lack an id or a text and so are not among <see cref="Tweets"/>.</summary>
    public int NotPosts { get; }
}
