namespace StreamKit.Twitter;

/// <summary>How one post refers to another.</summary>
public enum TweetReferenceKind
{
    /// <summary>A kind this version does not know.</summary>
    Other,

    /// <summary>It repeats the other post.</summary>
    Retweeted,

    /// <summary>It quotes the other post and adds to it.</summary>
    Quoted,

    /// <summary>It answers the other post.</summary>
    RepliedTo,
}
