using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>A source that never delivers by itself what it holds, and hands it over when its job is drained.</summary>
internal sealed class HoldingSource(int held) : ISource<int>
{
    private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the engine waits for a record.</summary>
    public Task IsRead => _isRead.Task;

    /// <summary>How often the engine asked for what is held.</summary>
    public int Drains { get; private set; }

    public Replayability Replayability => Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<int>>> OpenAsync(
        SourceContext<int> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<int>>)[new Reader(this, held)]);

    private sealed class Reader(HoldingSource source, int held) : ISplitReader<int>
    {
        private int _next;

        public string Split => "held";

        public string? Position => null;

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public async ValueTask<bool> ReadAsync(RecordBuffer<int> buffer, CancellationToken cancellationToken)
        {
            source._isRead.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return false;
        }

        public ValueTask DrainAsync(RecordBuffer<int> buffer, CancellationToken cancellationToken)
        {
            source.Drains++;
            while (_next < held && !buffer.IsFull)
            {
                buffer.Add(_next++);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
