namespace StreamKit.Twitter;

/// <summary>What one line of a stream says. It is one of <see cref="TweetMessage"/>, <see cref="DeleteMessage"/>,
/// <see cref="NoticeMessage"/>, <see cref="ProblemMessage"/>, <see cref="KeepAliveMessage"/> and
/// <see cref="UnknownMessage"/>.</summary>
public abstract class StreamMessage
{
    private protected StreamMessage()
    {
    }
}
