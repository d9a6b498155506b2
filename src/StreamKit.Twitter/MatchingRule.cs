namespace StreamKit.Twitter;

/// <summary>A rule of a filtered stream that selected a post.</summary>
public sealed class MatchingRule
{
    /// <summary>The id the service gave to the rule, or null when not delivered (v1.1 enterprise streams).</summary>
    public long? Id { get; init; }

    /// <summary>The tag its owner gave to the rule, or null.</summary>
    public string? Tag { get; init; }

    /// <summary>How near the post is to an embedding rule, or null for other rules.</summary>
    public double? EmbeddingSimilarity { get; init; }

    /// <summary>The similarity an embedding rule asks for, or null for other rules.</summary>
    public double? EmbeddingThreshold { get; init; }
}
