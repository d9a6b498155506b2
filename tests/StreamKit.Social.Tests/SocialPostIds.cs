namespace StreamKit.Social.Tests;

/// <summary>Two posts of one id are the same.</summary>
internal sealed class SocialPostIds : IEqualityComparer<SocialPost>
{
    internal static SocialPostIds Instance { get; } = new();

    public bool Equals(SocialPost? x, SocialPost? y) => x?.Id == y?.Id;

    public int GetHashCode(SocialPost obj) => obj.Id.GetHashCode(StringComparison.Ordinal);
}
