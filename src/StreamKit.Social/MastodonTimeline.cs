namespace StreamKit.Social;

/// <summary>Which public posts a Mastodon server streams.</summary>
public enum MastodonTimeline
{
    /// <summary>All that the server knows of.</summary>
    Public,

    /// <summary>Those of the server's own users.</summary>
    Local,

    /// <summary>Those of users of other servers.</summary>
    Remote,
}
