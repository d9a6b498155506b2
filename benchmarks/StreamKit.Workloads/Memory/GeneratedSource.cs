using StreamKit.Connectors;

namespace StreamKit.Workloads.Memory;

/// <summary>Makes events while they are read, so that no input lies on the heap that is measured.</summary>
/// <param name="events">How many.</param>
/// <param name="create">Makes the event of an index.</param>
/// <param name="sampleEvery">Before each index that this divides, and once at the end, the reader stands still.</param>
/// <param name="sampleAsync">What happens while it does, given the index.</param>
internal sealed class GeneratedSource(
    long events, Func<long, KeyedEvent> create, long sampleEvery, Func<long, Task> sampleAsync) : ISource<KeyedEvent>
{
    public Replayability Replayability => Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<KeyedEvent>>> OpenAsync(
        SourceContext<KeyedEvent> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<KeyedEvent>>)[new Reader(this)]);

    private long End { get; } = events;

    private long SampleEvery { get; } = sampleEvery;

    private Func<long, KeyedEvent> Create { get; } = create;

    private Func<long, Task> SampleAsync { get; } = sampleAsync;

    private sealed class Reader(GeneratedSource source) : ISplitReader<KeyedEvent>
    {
        private long _next;
        private long _sampled;

        public string Split => "generated";

        public string? Position => null;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Generated events are read once.");

        public ValueTask<bool> ReadAsync(RecordBuffer<KeyedEvent> buffer, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _next > _sampled && (_next == source.End || _next % source.SampleEvery == 0)
                ? SampleAsync(buffer)
                : new(Fill(buffer));
        }

        private async ValueTask<bool> SampleAsync(RecordBuffer<KeyedEvent> buffer)
        {
            _sampled = _next;
            await source.SampleAsync(_next);
            return Fill(buffer);
        }

        private bool Fill(RecordBuffer<KeyedEvent> buffer)
        {
            long stop = Math.Min(source.End, (_next / source.SampleEvery + 1) * source.SampleEvery);
            int count = (int)Math.Min(buffer.Remaining, stop - _next);
            Span<KeyedEvent> room = buffer.GetSpan();
            for (int i = 0; i < count; i++)
            {
                room[i] = source.Create(_next + i);
            }

            buffer.Advance(count);
            _next += count;
            return count > 0;
        }
    }
}
