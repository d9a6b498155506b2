namespace StreamKit.Twitter.Tests.Live;

/// <summary>Two tweets of one id are the same.</summary>
internal sealed class TweetIds : IEqualityComparer<Tweet>
{
    internal static TweetIds Instance { get; } = new();

    public bool Equals(Tweet? x, Tweet? y) => x?.Id == y?.Id;

    public int GetHashCode(Tweet obj) => obj.Id.GetHashCode();
}
