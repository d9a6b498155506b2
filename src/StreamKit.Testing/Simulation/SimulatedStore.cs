using System.Buffers;
using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;

namespace StreamKit.Testing.Simulation;

/// <summary>
/// A store that survives simulated processes, and whose every call may fail before or after it is done.
/// </summary>
internal sealed class SimulatedStore(ICheckpointStore inner) : ICheckpointStore
{
    /// <summary>The world of the run that is under way.</summary>
    public required SimulationWorld World { get; init; }

    public async ValueTask<ICheckpointSession> OpenAsync(
        string job, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        await World.DelayAsync(cancellationToken).ConfigureAwait(true);
        World.FailIfStruck("the store could not be opened");
        return new Session(
            World, await inner.OpenAsync(job, clock, logger, cancellationToken).ConfigureAwait(true));
    }

    public ValueTask<ICheckpointReader> OpenReaderAsync(string job, CancellationToken cancellationToken) =>
        inner.OpenReaderAsync(job, cancellationToken);

    private sealed class Session(SimulationWorld world, ICheckpointSession inner) : ICheckpointSession
    {
        public async ValueTask<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken)
        {
            await BeforeAsync("the checkpoints could not be listed", cancellationToken).ConfigureAwait(true);
            return await inner.ListAsync(cancellationToken).ConfigureAwait(true);
        }

        public async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
            StoredCheckpoint checkpoint, CancellationToken cancellationToken)
        {
            await BeforeAsync("a manifest could not be read", cancellationToken).ConfigureAwait(true);
            return await inner.ReadManifestAsync(checkpoint, cancellationToken).ConfigureAwait(true);
        }

        public async ValueTask<ReadOnlySequence<byte>> ReadPartAsync(
            StoredCheckpoint checkpoint, string part, CancellationToken cancellationToken)
        {
            await BeforeAsync($"the part '{part}' could not be read", cancellationToken).ConfigureAwait(true);
            return await inner.ReadPartAsync(checkpoint, part, cancellationToken).ConfigureAwait(true);
        }

        public async ValueTask WritePartAsync(
            long checkpoint, string part, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
        {
            await BeforeAsync($"the part '{part}' could not be written", cancellationToken).ConfigureAwait(true);
            await inner.WritePartAsync(checkpoint, part, content, cancellationToken).ConfigureAwait(true);
            await BeforeAsync($"nobody heard that the part '{part}' was written", cancellationToken)
                .ConfigureAwait(true);
        }

        public async ValueTask<StoredCheckpoint> CompleteAsync(
            long checkpoint, string? savepoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken)
        {
            await BeforeAsync($"checkpoint {checkpoint} could not be completed", cancellationToken)
                .ConfigureAwait(true);
            StoredCheckpoint stored = await inner
                .CompleteAsync(checkpoint, savepoint, manifest, cancellationToken).ConfigureAwait(true);
            await BeforeAsync($"nobody heard that checkpoint {checkpoint} was completed", cancellationToken)
                .ConfigureAwait(true);
            return stored;
        }

        public async ValueTask AbandonAsync(long checkpoint, CancellationToken cancellationToken)
        {
            await BeforeAsync($"checkpoint {checkpoint} could not be taken back", cancellationToken)
                .ConfigureAwait(true);
            await inner.AbandonAsync(checkpoint, cancellationToken).ConfigureAwait(true);
        }

        public async ValueTask DeleteAsync(StoredCheckpoint checkpoint, CancellationToken cancellationToken)
        {
            await BeforeAsync($"{checkpoint} could not be deleted", cancellationToken).ConfigureAwait(true);
            await inner.DeleteAsync(checkpoint, cancellationToken).ConfigureAwait(true);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private async ValueTask BeforeAsync(string what, CancellationToken cancellationToken)
        {
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck(what);
        }
    }
}
