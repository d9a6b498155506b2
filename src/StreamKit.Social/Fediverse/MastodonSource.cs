using StreamKit.Connectors;

namespace StreamKit.Social.Fediverse;

/// <summary>The stream of a Mastodon server as a source with one split.</summary>
internal sealed class MastodonSource(MastodonOptions options) : ISource<SocialPost>
{
    public Replayability Replayability => Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<SocialPost>>> OpenAsync(
        SourceContext<SocialPost> context,
        CancellationToken cancellationToken) =>
        new([new MastodonReader(options, context, cancellationToken)]);
}
