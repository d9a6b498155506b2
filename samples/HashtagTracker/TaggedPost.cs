namespace HashtagTracker;

/// <summary>What is counted of a post, wherever it comes from.</summary>
internal readonly record struct TaggedPost(DateTimeOffset CreatedAt, IReadOnlyList<string> Hashtags);
