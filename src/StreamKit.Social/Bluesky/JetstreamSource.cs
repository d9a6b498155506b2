using StreamKit.Connectors;

namespace StreamKit.Social.Bluesky;

/// <summary>Jetstream as a source with one split.</summary>
internal sealed class JetstreamSource(JetstreamOptions options) : ISource<SocialPost>
{
    public Replayability Replayability => Replayability.Bounded;

    public ValueTask<IReadOnlyList<ISplitReader<SocialPost>>> OpenAsync(
        SourceContext<SocialPost> context,
        CancellationToken cancellationToken) =>
        new([new JetstreamReader(options, context, cancellationToken)]);
}
