using StreamKit.Connectors;

namespace StreamKit.Twitter.Tests;

/// <summary>A source that begins at a position, and notes the position after every read.</summary>
internal sealed class ReplayWatchedSource<T>(ISource<T> source, string? from = null) : ISource<T>
{
    /// <summary>The position before the first read, and after each.</summary>
    internal List<string> Positions { get; } = [];

    public Replayability Replayability => source.Replayability;

    public async ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context,
        CancellationToken cancellationToken)
    {
        ISplitReader<T> reader = Assert.Single(await source.OpenAsync(context, cancellationToken));
        if (from is not null)
        {
            await reader.SeekAsync(from, cancellationToken);
        }

        Positions.Add(reader.Position!);
        return [new Reader(reader, Positions)];
    }

    private sealed class Reader(ISplitReader<T> reader, List<string> positions) : ISplitReader<T>
    {
        public string Split => reader.Split;

        public string? Position => reader.Position;

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            reader.SeekAsync(position, cancellationToken);

        public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            bool more = await reader.ReadAsync(buffer, cancellationToken);
            if (buffer.Count > 0)
            {
                positions.Add(reader.Position!);
            }

            return more;
        }

        public ValueTask DisposeAsync() => reader.DisposeAsync();
    }
}
