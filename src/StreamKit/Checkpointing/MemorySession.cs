using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>Writes the checkpoints of a job to memory.</summary>
internal sealed class MemorySession : MemoryReader, ICheckpointSession
{
    private readonly TimeProvider _clock;
    private readonly Dictionary<long, Dictionary<string, byte[]>> _begun = [];
    private bool _disposed;

    public MemorySession(MemoryPlace place, TimeProvider clock)
        : base(place)
    {
        _clock = clock;
        lock (place.Lock)
        {
            place.Owner = this;
        }
    }

    public ValueTask WritePartAsync(
        long checkpoint, string part, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        CheckpointNames.CheckPart(checkpoint, part);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] copy = content.ToArray();
        lock (Place.Lock)
        {
            CheckMayWrite();
            CheckIsNew(checkpoint);
            if (!PartsOf(checkpoint).TryAdd(part, copy))
            {
                throw CheckpointNames.HasPart(checkpoint, part);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredCheckpoint> CompleteAsync(
        long checkpoint, string? savepoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(checkpoint);
        CheckpointNames.CheckSavepoint(savepoint);
        cancellationToken.ThrowIfCancellationRequested();
        lock (Place.Lock)
        {
            CheckMayWrite();
            CheckIsNew(checkpoint);
            if (savepoint is not null && Place.Completed.Keys.Any(key => key.Item2 == savepoint))
            {
                throw CheckpointNames.HasSavepoint(savepoint);
            }

            Dictionary<string, byte[]> parts = PartsOf(checkpoint);
            var stored = new StoredCheckpoint
            {
                Id = checkpoint,
                Savepoint = savepoint,
                Created = _clock.GetUtcNow(),
                Bytes = manifest.Length + parts.Values.Sum(static part => (long)part.Length),
            };
            Place.Completed.Add((checkpoint, savepoint), new MemoryCheckpoint(stored, manifest.ToArray(), parts));
            _begun.Remove(checkpoint);
            return new(stored);
        }
    }

    public ValueTask AbandonAsync(long checkpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (Place.Lock)
        {
            _begun.Remove(checkpoint);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(StoredCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        cancellationToken.ThrowIfCancellationRequested();
        lock (Place.Lock)
        {
            CheckMayWrite();
            Place.Completed.Remove((checkpoint.Id, checkpoint.Savepoint));
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        lock (Place.Lock)
        {
            _disposed = true;
            _begun.Clear();
        }

        return base.DisposeAsync();
    }

    private void CheckMayWrite()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Place.Owner != this)
        {
            throw new CheckpointFencedException(Place.Job);
        }
    }

    private void CheckIsNew(long checkpoint)
    {
        if (Place.Completed.Keys.Any(key => key.Item1 == checkpoint))
        {
            throw CheckpointNames.IsComplete(checkpoint);
        }
    }

    private Dictionary<string, byte[]> PartsOf(long checkpoint)
    {
        if (!_begun.TryGetValue(checkpoint, out Dictionary<string, byte[]>? parts))
        {
            _begun.Add(checkpoint, parts = new Dictionary<string, byte[]>(StringComparer.Ordinal));
        }

        return parts;
    }
}
