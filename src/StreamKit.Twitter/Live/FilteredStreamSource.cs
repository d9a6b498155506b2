using StreamKit.Connectors;

namespace StreamKit.Twitter.Live;

/// <summary>The filtered stream as a source with one split, however many connections it has.</summary>
internal sealed class FilteredStreamSource(FilteredStreamOptions options) : ISource<Tweet>
{
    public Replayability Replayability =>
        options.BackfillMinutes > 0 ? Replayability.Bounded : Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<Tweet>>> OpenAsync(
        SourceContext<Tweet> context,
        CancellationToken cancellationToken)
    {
        var surroundings = new StreamSurroundings(options, context.Name, context.Clock, context.Logger);
        var api = new ApiClient(options.Access);
        return new([new FilteredStreamReader(surroundings, context, api, cancellationToken)]);
    }
}
