using StreamKit.Connectors;
using StreamKit.Social.Bluesky;
using StreamKit.Social.Fediverse;

namespace StreamKit.Social;

/// <summary>The ways in which public posts of open networks come into a stream.</summary>
/// <remarks>
/// Both sources connect when they are first read and stay connected. A stream that breaks is taken up again at once;
/// failing attempts wait a second, doubling up to a minute, lengthened by chance by at most a tenth. An answer that no
/// attempt would change fails the job with a <see cref="SocialStreamException"/>. What cannot be read goes to the job's
/// error policy.
/// </remarks>
public static class SocialSource
{
    /// <summary>New posts of Bluesky, from its Jetstream: no account, no token.</summary>
    /// <param name="options">How it is read; null: the defaults.</param>
    /// <remarks>
    /// Posts that are new; edits, deletions and likes are passed over. Each is delivered once, though a connection that
    /// is taken up again brings some a second time. The source can be read again as far back as the server keeps
    /// events, some 36 hours (<see cref="Replayability.Bounded"/>).
    /// </remarks>
    /// <exception cref="ArgumentException">The endpoint is no address of ws or wss.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <example><code>
    /// StreamBuilder.Create("live").From(SocialSource.Jetstream(), "posts")
    /// </code></example>
    public static ISource<SocialPost> Jetstream(JetstreamOptions? options = null)
    {
        options ??= new JetstreamOptions();
        options.Validate();
        return new JetstreamSource(options);
    }

    /// <summary>New posts that a Mastodon server knows of.</summary>
    /// <param name="options">Which server, and how it is read.</param>
    /// <remarks>
    /// After a break the posts of the gap are fetched from the timeline; each is delivered once. A post of another
    /// server that arrives late may be missed, so the source promises nothing of the past
    /// (<see cref="Replayability.None"/>).
    /// </remarks>
    /// <exception cref="ArgumentException">The server is no address of http or https.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <example><code>
    /// var options = new MastodonOptions { Server = new("https://mastodon.social"), TokenVariable = "MASTODON_TOKEN" };
    /// StreamBuilder.Create("live").From(SocialSource.Mastodon(options), "posts")
    /// </code></example>
    public static ISource<SocialPost> Mastodon(MastodonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new MastodonSource(options);
    }
}
