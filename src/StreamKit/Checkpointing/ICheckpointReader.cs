using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>Reads the completed checkpoints of one job.</summary>
/// <remarks>
/// What is read is what was written, or an exception: a store detects what was damaged after it was written. Calls may
/// overlap.
/// </remarks>
public interface ICheckpointReader : IAsyncDisposable
{
    /// <summary>The completed checkpoints and savepoints, the highest number first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The manifest that a checkpoint was completed with.</summary>
    /// <param name="checkpoint">One that <see cref="ListAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">It has been deleted meanwhile.</exception>
    /// <exception cref="CheckpointCorruptException">What is stored is not what was written.</exception>
    /// <exception cref="NotSupportedException">A newer version of StreamKit wrote it.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
        StoredCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>The content of one part of a checkpoint.</summary>
    /// <param name="checkpoint">One that <see cref="ListAsync"/> returned.</param>
    /// <param name="part">The name that the part was written under.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">The checkpoint has been deleted, or has no such part.</exception>
    /// <exception cref="CheckpointCorruptException">What is stored is not what was written.</exception>
    /// <exception cref="NotSupportedException">A newer version of StreamKit wrote it.</exception>
    ValueTask<ReadOnlySequence<byte>> ReadPartAsync(
        StoredCheckpoint checkpoint, string part, CancellationToken cancellationToken);
}
