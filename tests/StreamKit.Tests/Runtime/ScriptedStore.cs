using System.Buffers;
using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Runtime;

/// <summary>A store in memory that does what a test says, and can be damaged.</summary>
internal sealed class ScriptedStore : ICheckpointStore
{
    private readonly MemoryCheckpointStore _inner = new();

    /// <summary>What happens before a part is written.</summary>
    public Func<long, CancellationToken, Task>? OnWrite { get; set; }

    /// <summary>What happens before a checkpoint is deleted.</summary>
    public Func<Task>? OnDelete { get; set; }

    /// <summary>Checkpoints whose parts are not what was written.</summary>
    public HashSet<long> Damaged { get; } = [];

    public async ValueTask<ICheckpointSession> OpenAsync(
        string job, TimeProvider clock, ILogger logger, CancellationToken cancellationToken) =>
        new Session(this, await _inner.OpenAsync(job, clock, logger, cancellationToken));

    public ValueTask<ICheckpointReader> OpenReaderAsync(string job, CancellationToken cancellationToken) =>
        _inner.OpenReaderAsync(job, cancellationToken);

    private sealed class Session(ScriptedStore store, ICheckpointSession inner) : ICheckpointSession
    {
        public ValueTask<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken) =>
            inner.ListAsync(cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
            StoredCheckpoint checkpoint, CancellationToken cancellationToken) =>
            inner.ReadManifestAsync(checkpoint, cancellationToken);

        public async ValueTask<ReadOnlySequence<byte>> ReadPartAsync(
            StoredCheckpoint checkpoint, string part, CancellationToken cancellationToken)
        {
            ReadOnlySequence<byte> content = await inner.ReadPartAsync(checkpoint, part, cancellationToken);
            if (!store.Damaged.Contains(checkpoint.Id))
            {
                return content;
            }

            byte[] damaged = content.ToArray();
            damaged[^1] ^= 1;
            return new ReadOnlySequence<byte>(damaged);
        }

        public async ValueTask WritePartAsync(
            long checkpoint, string part, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
        {
            await (store.OnWrite?.Invoke(checkpoint, cancellationToken) ?? Task.CompletedTask);
            await inner.WritePartAsync(checkpoint, part, content, cancellationToken);
        }

        public ValueTask<StoredCheckpoint> CompleteAsync(
            long checkpoint, string? savepoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken) =>
            inner.CompleteAsync(checkpoint, savepoint, manifest, cancellationToken);

        public ValueTask AbandonAsync(long checkpoint, CancellationToken cancellationToken) =>
            inner.AbandonAsync(checkpoint, cancellationToken);

        public async ValueTask DeleteAsync(StoredCheckpoint checkpoint, CancellationToken cancellationToken)
        {
            await (store.OnDelete?.Invoke() ?? Task.CompletedTask);
            await inner.DeleteAsync(checkpoint, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
