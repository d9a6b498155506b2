using System.Buffers;
using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;
using StreamKit.Connectors;

namespace StreamKit.Simulation.Tests;

/// <summary>Parts of an engine that do one thing wrong, to show that a simulation finds it.</summary>
internal static class Defects
{
    /// <summary>A store that gives back checkpoints which were changed on the way.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="change">Changes the manifest that is written.</param>
    public static ICheckpointStore Changing(
        ICheckpointStore inner, Func<CheckpointManifest, CheckpointManifest> change) =>
        new ChangingStore(inner, change);

    /// <summary>A manifest that has lost a part of what an operator remembered.</summary>
    public static CheckpointManifest Without(CheckpointManifest manifest, string operatorName) => manifest with
    {
        Parts = [.. manifest.Parts.Select(part => part with
        {
            Operators = [.. part.Operators.Where(saved => saved.Name != operatorName)],
        })],
    };

    /// <summary>A source whose positions lie one record behind what it has delivered.</summary>
    public static ISource<Reading> RecordingLate(ISource<Reading> inner) => new LateSource(inner);

    /// <summary>A sink that commits what it is to prepare.</summary>
    public static ISink<T> CommittingEarly<T>(ISink<T> inner) => new EarlySink<T>(inner);

    private sealed class ChangingStore(
        ICheckpointStore inner, Func<CheckpointManifest, CheckpointManifest> change) : ICheckpointStore
    {
        public async ValueTask<ICheckpointSession> OpenAsync(
            string job, TimeProvider clock, ILogger logger, CancellationToken cancellationToken) => new Session(
                await inner.OpenAsync(job, clock, logger, cancellationToken).ConfigureAwait(true), change);

        public ValueTask<ICheckpointReader> OpenReaderAsync(string job, CancellationToken cancellationToken) =>
            inner.OpenReaderAsync(job, cancellationToken);
    }

    private sealed class Session(
        ICheckpointSession inner, Func<CheckpointManifest, CheckpointManifest> change) : ICheckpointSession
    {
        public ValueTask<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken) =>
            inner.ListAsync(cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
            StoredCheckpoint checkpoint, CancellationToken cancellationToken) =>
            inner.ReadManifestAsync(checkpoint, cancellationToken);

        public ValueTask<ReadOnlySequence<byte>> ReadPartAsync(
            StoredCheckpoint checkpoint, string part, CancellationToken cancellationToken) =>
            inner.ReadPartAsync(checkpoint, part, cancellationToken);

        public ValueTask WritePartAsync(
            long checkpoint, string part, ReadOnlySequence<byte> content, CancellationToken cancellationToken) =>
            inner.WritePartAsync(checkpoint, part, content, cancellationToken);

        public ValueTask<StoredCheckpoint> CompleteAsync(
            long checkpoint, string? savepoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken) =>
            inner.CompleteAsync(
                checkpoint,
                savepoint,
                ManifestCodec.Encode(change(ManifestCodec.Decode("test", manifest))),
                cancellationToken);

        public ValueTask AbandonAsync(long checkpoint, CancellationToken cancellationToken) =>
            inner.AbandonAsync(checkpoint, cancellationToken);

        public ValueTask DeleteAsync(StoredCheckpoint checkpoint, CancellationToken cancellationToken) =>
            inner.DeleteAsync(checkpoint, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class LateSource(ISource<Reading> inner) : ISource<Reading>
    {
        public Replayability Replayability => inner.Replayability;

        public async ValueTask<IReadOnlyList<ISplitReader<Reading>>> OpenAsync(
            SourceContext<Reading> context, CancellationToken cancellationToken) =>
            [.. (await inner.OpenAsync(context, cancellationToken).ConfigureAwait(true))
                .Select(static reader => new LateReader(reader))];
    }

    private sealed class LateReader(ISplitReader<Reading> inner) : ISplitReader<Reading>
    {
        private string? _before;

        public string Split => inner.Split;

        public string? Position => _before;

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            inner.SeekAsync(position, cancellationToken);

        public ValueTask<bool> ReadAsync(RecordBuffer<Reading> buffer, CancellationToken cancellationToken)
        {
            _before = inner.Position;
            return inner.ReadAsync(buffer, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class EarlySink<T>(ISink<T> inner) : ISink<T>
    {
        public SinkMode Mode => inner.Mode;

        public SinkGuarantee Guarantee => inner.Guarantee;

        public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
            new EarlyWriter<T>((IEpochSinkWriter<T>)await inner
                .OpenAsync(context, cancellationToken).ConfigureAwait(true));
    }

    private sealed class EarlyWriter<T>(IEpochSinkWriter<T> inner) : IEpochSinkWriter<T>
    {
        // Says that nothing was committed beyond the checkpoint, or the sink would see the defect itself.
        public ValueTask RestoreAsync(
            long lastEpoch, IReadOnlyList<PreparedEpoch> prepared, CancellationToken cancellationToken) =>
            inner.RestoreAsync(long.MaxValue, prepared, cancellationToken);

        public async ValueTask<ReadOnlyMemory<byte>> PrepareAsync(long epoch, CancellationToken cancellationToken)
        {
            ReadOnlyMemory<byte> handle = await inner.PrepareAsync(epoch, cancellationToken).ConfigureAwait(true);
            await inner.CommitAsync(new PreparedEpoch(epoch, handle), cancellationToken).ConfigureAwait(true);
            return handle;
        }

        public ValueTask CommitAsync(PreparedEpoch epoch, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;

        public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken) =>
            inner.WriteAsync(records, cancellationToken);

        public ValueTask FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
