namespace StreamKit.Twitter;

/// <summary>A link from one post to another.</summary>
public readonly record struct TweetReference
{
    /// <summary>Makes a reference to the post <paramref name="id"/>.</summary>
    public TweetReference(TweetReferenceKind kind, long id)
    {
        Kind = kind;
        Id = id;
    }

    /// <summary>What the post does with the other one.</summary>
    public TweetReferenceKind Kind { get; }

    /// <summary>The id of the other post.</summary>
    public long Id { get; }
}
