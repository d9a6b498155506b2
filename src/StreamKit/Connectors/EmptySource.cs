namespace StreamKit.Connectors;

/// <summary>A source without splits: it ends at once.</summary>
internal sealed class EmptySource<T> : ISource<T>
{
    public Replayability Replayability => Replayability.Full;

    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context,
        CancellationToken cancellationToken) => new((IReadOnlyList<ISplitReader<T>>)[]);
}
