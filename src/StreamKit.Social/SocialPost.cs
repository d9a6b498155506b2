namespace StreamKit.Social;

/// <summary>A public post, in the same form from each network.</summary>
public sealed class SocialPost
{
    /// <summary>Its id, unique within its network: on Bluesky the address <c>at://did/collection/rkey</c>.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// When the network had it; the event time to go by. On Bluesky the time of the event; on Mastodon the time of the
    /// post, which its server checks.
    /// </summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When its author's program says that it was written, which may be years off. In UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The author: on Bluesky the DID, on Mastodon <c>name@server</c>.</summary>
    public required string Author { get; init; }

    /// <summary>The text, without markup.</summary>
    public required string Text { get; init; }

    /// <summary>The languages that the post names; empty where it names none.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The hashtags as written, without '#', repeats included.</summary>
    public IReadOnlyList<string> Hashtags { get; init; } = [];

    /// <summary>Whether it answers another post.</summary>
    public bool IsReply { get; init; }

    /// <summary>The address of a page that shows it, where the network gives one.</summary>
    public Uri? Address { get; init; }
}
