using StreamKit.Connectors;

namespace StreamKit.Testing.Simulation;

/// <summary>A sink whose records can be seen as soon as they are written.</summary>
internal sealed class AppendSink<T>(SimulationWorld world, SinkLog<T> log) : ISink<T>
{
    public SinkMode Mode => log.Key is null ? SinkMode.Append : SinkMode.Upsert;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        await world.DelayAsync(cancellationToken).ConfigureAwait(true);
        world.FailIfStruck("a sink could not be opened");
        return new Writer(world, log);
    }

    private sealed class Writer(SimulationWorld world, SinkLog<T> log) : ISinkWriter<T>
    {
        private readonly List<T> _unsent = [];

        public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            // Some are on their way before the write fails, or the process dies.
            _unsent.AddRange(records.Values.Span);
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            Send(world.Random.Next(_unsent.Count + 1));
            world.FailIfStruck("a sink could not be written to");
        }

        public async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck("a sink could not be flushed");
            Send(_unsent.Count);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Send(int count)
        {
            log.Committed.AddRange(_unsent.Take(count));
            _unsent.RemoveRange(0, count);
        }
    }
}
