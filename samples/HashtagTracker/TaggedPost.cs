using System.Text.Json.Serialization;

namespace HashtagTracker;

/// <summary>What is counted of a post, wherever it comes from.</summary>
[method: JsonConstructor] // Without it the one that takes nothing is called, and what is missing goes unnoticed.
internal readonly record struct TaggedPost(DateTimeOffset CreatedAt, IReadOnlyList<string> Hashtags);
