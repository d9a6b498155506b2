using StreamKit.Connectors;

namespace StreamKit.Testing.Simulation;

/// <summary>A sink that writes an epoch's records and its number in one transaction.</summary>
internal sealed class WriteAheadSink<T>(SimulationWorld world, SinkLog<T> log) : IWriteAheadSink<T>
{
    public SinkMode Mode => SinkMode.Append;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        await world.DelayAsync(cancellationToken).ConfigureAwait(true);
        world.FailIfStruck("a write-ahead sink could not be opened");
        return context.HasCheckpoints
            ? new Writer(world, log)
            : await new AppendSink<T>(world, log).OpenAsync(context, cancellationToken).ConfigureAwait(true);
    }

    private sealed class Writer(SimulationWorld world, SinkLog<T> log) : IWriteAheadSinkWriter<T>
    {
        public async ValueTask<long> FindLastEpochAsync(CancellationToken cancellationToken)
        {
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck("a write-ahead sink could not be asked");
            return log.LastEpoch;
        }

        public async ValueTask CommitAsync(long epoch, SinkBatch<T> records, CancellationToken cancellationToken)
        {
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck($"epoch {epoch} could not be written");
            if (epoch != log.LastEpoch + 1)
            {
                throw new InvalidOperationException($"Epoch {epoch} comes after epoch {log.LastEpoch}.");
            }

            log.Committed.AddRange(records.Values.Span);
            log.LastEpoch = epoch;
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck($"nobody heard that epoch {epoch} was written");
        }

        public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("With checkpoints, records come with their epoch.");

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
