namespace StreamKit.Twitter;

/// <summary>A rule of the filtered stream.</summary>
/// <param name="Value">What posts must match, in the service's language, such as <c>#dotnet -is:retweet</c>.</param>
/// <param name="Tag">A name for it, which comes along with each post; null: none.</param>
public sealed record StreamRule(string Value, string? Tag = null)
{
    /// <summary>The id that the service gave to it; null before it did.</summary>
    public long? Id { get; init; }
}
