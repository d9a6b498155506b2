using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>Writes the checkpoints of one job, until another session is opened for it.</summary>
/// <remarks>
/// A checkpoint comes into being part by part and is there when <see cref="CompleteAsync"/> has returned; before that
/// no reader sees anything of it. Parts, also of different checkpoints, may be written at the same time. A call that
/// was cancelled or failed has written nothing that counts and may be made again. Disposing abandons what is
/// unfinished.
/// </remarks>
public interface ICheckpointSession : ICheckpointReader
{
    /// <summary>Stores one part of a checkpoint that is being made.</summary>
    /// <param name="checkpoint">The checkpoint's number, above zero and higher than any that is listed.</param>
    /// <param name="part">The part's name, not empty and new in this checkpoint.</param>
    /// <param name="content">The content; the caller may use the memory again when the call has returned.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CheckpointFencedException">Another session was opened for the job.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint is complete, or has this part.</exception>
    ValueTask WritePartAsync(
        long checkpoint, string part, ReadOnlySequence<byte> content, CancellationToken cancellationToken);

    /// <summary>Completes a checkpoint with the parts written for it, all at once.</summary>
    /// <remarks>
    /// When it returns, the checkpoint survives whatever the store promises to survive, and the next session finds it.
    /// When it throws, the checkpoint may be there or not, as with any commit whose answer was lost: make the call
    /// again, or <see cref="AbandonAsync"/> it, which takes it away if it is there.
    /// </remarks>
    /// <param name="checkpoint">The checkpoint's number.</param>
    /// <param name="savepoint">
    /// Null for a checkpoint; for a savepoint its name, from 1 to 80 letters, digits, '-', '_' and '.' of ASCII, not
    /// beginning with a dot and new in this job.
    /// </param>
    /// <param name="manifest">Says what the parts hold; of no meaning to the store.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What <see cref="ICheckpointReader.ListAsync"/> says of it.</returns>
    /// <exception cref="CheckpointFencedException">Another session was opened for the job.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint is complete, or the savepoint exists.</exception>
    ValueTask<StoredCheckpoint> CompleteAsync(
        long checkpoint, string? savepoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken);

    /// <summary>Takes back a checkpoint that this session has begun and not completed; none is fine too.</summary>
    /// <param name="checkpoint">The checkpoint's number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask AbandonAsync(long checkpoint, CancellationToken cancellationToken);

    /// <summary>Deletes a completed checkpoint or savepoint; one that is gone already is fine too.</summary>
    /// <param name="checkpoint">One that <see cref="ICheckpointReader.ListAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CheckpointFencedException">Another session was opened for the job.</exception>
    ValueTask DeleteAsync(StoredCheckpoint checkpoint, CancellationToken cancellationToken);
}
