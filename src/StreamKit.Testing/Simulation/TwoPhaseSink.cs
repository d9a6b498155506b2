using System.Globalization;
using System.Text;
using StreamKit.Connectors;

namespace StreamKit.Testing.Simulation;

/// <summary>A sink that commits in two phases, and whose every step may fail before or after it is done.</summary>
internal sealed class TwoPhaseSink<T>(SimulationWorld world, SinkLog<T> log) : ISink<T>
{
    public SinkMode Mode => SinkMode.Append;

    public SinkGuarantee Guarantee => SinkGuarantee.ExactlyOnce;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        await world.DelayAsync(cancellationToken).ConfigureAwait(true);
        world.FailIfStruck("an exactly-once sink could not be opened");
        return context.HasCheckpoints
            ? new Writer(world, log)
            : await new AppendSink<T>(world, log).OpenAsync(context, cancellationToken).ConfigureAwait(true);
    }

    private sealed class Writer(SimulationWorld world, SinkLog<T> log) : IEpochSinkWriter<T>
    {
        private List<T> _written = [];

        public async ValueTask RestoreAsync(
            long lastEpoch, IReadOnlyList<PreparedEpoch> prepared, CancellationToken cancellationToken)
        {
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck("an exactly-once sink could not be restored");
            if (log.LastEpoch > lastEpoch)
            {
                throw new InvalidOperationException(
                    $"Epoch {log.LastEpoch} was committed, and the checkpoint ends with epoch {lastEpoch}.");
            }

            foreach (long epoch in log.Prepared.Keys.Except(prepared.Select(static p => p.Epoch)).ToArray())
            {
                log.Prepared.Remove(epoch);
            }
        }

        public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            _written.AddRange(records.Values.Span);
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck("an exactly-once sink could not be written to");
        }

        public async ValueTask<ReadOnlyMemory<byte>> PrepareAsync(long epoch, CancellationToken cancellationToken)
        {
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck($"epoch {epoch} could not be prepared");
            log.Prepared[epoch] = _written;
            _written = [];
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            return Encoding.UTF8.GetBytes(epoch.ToString(CultureInfo.InvariantCulture));
        }

        public async ValueTask CommitAsync(PreparedEpoch epoch, CancellationToken cancellationToken)
        {
            string handle = Encoding.UTF8.GetString(epoch.Handle.Span);
            if (handle != epoch.Epoch.ToString(CultureInfo.InvariantCulture))
            {
                throw new InvalidOperationException(
                    $"Epoch {epoch.Epoch} is to be committed with the handle of '{handle}'.");
            }

            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck($"epoch {epoch.Epoch} could not be committed");
            if (log.Prepared.Remove(epoch.Epoch, out List<T>? records))
            {
                log.Committed.AddRange(records);
                log.LastEpoch = epoch.Epoch;
            }
            else if (epoch.Epoch > log.LastEpoch)
            {
                throw new InvalidOperationException($"Epoch {epoch.Epoch} was never prepared.");
            }

            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck($"nobody heard that epoch {epoch.Epoch} was committed");
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => world.DelayAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
