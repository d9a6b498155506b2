using System.Runtime.CompilerServices;
using StreamKit.Connectors;

namespace StreamKit.Latency;

/// <summary>Hands out the events that are due and never skips one, however far the pipeline is behind.</summary>
/// <param name="schedule">When each event is due.</param>
/// <param name="keys">The events have these keys in turn.</param>
/// <param name="duration">How long the schedule is.</param>
/// <param name="quantum">How long it gathers at least between two reads, as a network would.</param>
internal sealed class PacedSource(Schedule schedule, int keys, TimeSpan duration, TimeSpan quantum)
    : ISource<PacedEvent>
{
    private RunningClock? _clock;

    public Replayability Replayability => Replayability.None;

    /// <summary>Runs since the source was opened.</summary>
    public RunningClock Clock => _clock ?? throw new InvalidOperationException("the source was not opened");

    /// <summary>How far behind its schedule the source was at worst when it handed events out, in ticks.</summary>
    public long MostBehindTicks { get; private set; }

    public ValueTask<IReadOnlyList<ISplitReader<PacedEvent>>> OpenAsync(
        SourceContext<PacedEvent> context, CancellationToken cancellationToken)
    {
        _clock = new RunningClock();
        return new((IReadOnlyList<ISplitReader<PacedEvent>>)[new Reader(this)]);
    }

    private Schedule Schedule => schedule;

    private int Keys => keys;

    private long Events { get; } = schedule.CountDue(duration.Ticks - 1);

    private long QuantumTicks => quantum.Ticks;

    private sealed class Reader(PacedSource source) : ISplitReader<PacedEvent>
    {
        private long _next;
        private long _nextReadTicks;

        public string Split => "paced";

        public string? Position => null;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            throw new NotSupportedException("What was due is over.");

        public ValueTask<bool> ReadAsync(RecordBuffer<PacedEvent> buffer, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_next == source.Events)
            {
                return new(false);
            }

            return Fill(buffer) ? new(true) : WaitAsync(buffer, cancellationToken);
        }

        // It asks again and again, and lets whatever else waits for a thread of the pool go first each time: a timer
        // is a millisecond too coarse, and a thread of its own would take a processor from the pipeline.
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<bool> WaitAsync(RecordBuffer<PacedEvent> buffer, CancellationToken cancellationToken)
        {
            do
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
            }
            while (!Fill(buffer));

            return true;
        }

        private bool Fill(RecordBuffer<PacedEvent> buffer)
        {
            long now = source.Clock.ElapsedTicks;
            long due = Math.Min(source.Schedule.CountDue(now), source.Events);
            if (due == _next || now < _nextReadTicks)
            {
                return false;
            }

            source.MostBehindTicks = Math.Max(source.MostBehindTicks, now - source.Schedule.DueTicks(_next));
            int count = (int)Math.Min(buffer.Remaining, due - _next);
            Span<PacedEvent> room = buffer.GetSpan();
            for (int i = 0; i < count; i++)
            {
                long index = _next + i;
                room[i] = new PacedEvent(source.Schedule.DueTicks(index), (int)(index % source.Keys));
            }

            buffer.Advance(count);
            _next += count;

            // What did not fit is read at once.
            _nextReadTicks = _next < due ? now : now + source.QuantumTicks;
            return true;
        }
    }
}
