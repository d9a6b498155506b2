using System.Globalization;
using StreamKit.Connectors;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Recovery;

/// <summary>An array of events, again and again, each time later; it can be read from any position.</summary>
/// <param name="input">The events of one round.</param>
/// <param name="roundMs">How much later each round is than the one before; 0: at the same time.</param>
/// <param name="total">How many events there are in all.</param>
internal sealed class RepeatedEvents(Event[] input, long roundMs, long total) : ISource<Event>
{
    public Replayability Replayability => Replayability.Full;

    /// <summary>Is called when reading begins, behind a position where one was restored.</summary>
    public Action? OnFirstRead { get; init; }

    /// <summary>Completes where all is read; until then the source does not end. Null: it ends at once.</summary>
    public Task? End { get; init; }

    public ValueTask<IReadOnlyList<ISplitReader<Event>>> OpenAsync(
        SourceContext<Event> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<Event>>)[new Reader(this, input, roundMs, total)]);

    private sealed class Reader(RepeatedEvents source, Event[] input, long roundMs, long total) : ISplitReader<Event>
    {
        private long _next;
        private bool _hasRead;

        public string Split => "events";

        public string Position => _next.ToString(CultureInfo.InvariantCulture);

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            _next = long.Parse(position, CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        }

        public async ValueTask<bool> ReadAsync(RecordBuffer<Event> buffer, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_hasRead)
            {
                _hasRead = true;
                source.OnFirstRead?.Invoke();
            }

            if (_next == total)
            {
                await (source.End ?? Task.CompletedTask).WaitAsync(cancellationToken);
                return false;
            }

            Fill(buffer);
            return true;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Fill(RecordBuffer<Event> buffer)
        {
            (long round, long at) = Math.DivRem(_next, input.Length);
            int count = (int)Math.Min(buffer.Remaining, Math.Min(total - _next, input.Length - at));
            Span<Event> room = buffer.GetSpan();
            for (int i = 0; i < count; i++)
            {
                room[i] = input[at + i];
                room[i].TimestampMs += round * roundMs;
            }

            buffer.Advance(count);
            _next += count;
        }
    }
}
