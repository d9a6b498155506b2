using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>Reads the checkpoints of a job from memory.</summary>
internal class MemoryReader(MemoryPlace place) : ICheckpointReader
{
    protected MemoryPlace Place => place;

    public ValueTask<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (place.Lock)
        {
            return new([.. place.Completed.Values
                .Select(static checkpoint => checkpoint.Stored)
                .OrderByDescending(static stored => stored.Id)]);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
        StoredCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        cancellationToken.ThrowIfCancellationRequested();
        lock (place.Lock)
        {
            return new(place.Find(checkpoint).Manifest);
        }
    }

    public ValueTask<ReadOnlySequence<byte>> ReadPartAsync(
        StoredCheckpoint checkpoint, string part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(part);
        cancellationToken.ThrowIfCancellationRequested();
        lock (place.Lock)
        {
            return place.Find(checkpoint).Parts.TryGetValue(part, out byte[]? content)
                ? new(new ReadOnlySequence<byte>(content))
                : throw CheckpointNames.HasNoPart(checkpoint, part);
        }
    }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
