using StreamKit.Connectors;

namespace StreamKit.Crash;

/// <summary>Waits before each read of another source, so that there is time to be killed in the middle.</summary>
internal sealed class PacedSource<T>(ISource<T> source, TimeSpan pause) : ISource<T>
{
    public Replayability Replayability => source.Replayability;

    public async ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        IReadOnlyList<ISplitReader<T>> splits = await source.OpenAsync(context, cancellationToken);
        return [.. splits.Select(split => new Paced(split, pause, context.Clock))];
    }

    private sealed class Paced(ISplitReader<T> split, TimeSpan pause, TimeProvider clock) : ISplitReader<T>
    {
        public string Split => split.Split;

        public string? Position => split.Position;

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            split.SeekAsync(position, cancellationToken);

        public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            await Task.Delay(pause, clock, cancellationToken);
            return await split.ReadAsync(buffer, cancellationToken);
        }

        public ValueTask DisposeAsync() => split.DisposeAsync();
    }
}
