namespace StreamKit.Connectors;

/// <summary>
/// A writer that commits in two phases, so that every record is seen exactly once: what is written is prepared with a
/// checkpoint, and becomes visible once the checkpoint is complete.
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// <para>
/// An epoch is what is written between two checkpoints. After a failure the job goes on from its last complete
/// checkpoint: what that had prepared is committed, perhaps a second time, and everything else is discarded, because it
/// will be written again.
/// </para>
/// <para>
/// Without checkpoints (<see cref="SinkContext.HasCheckpoints"/>) none of these methods is called, and the writer writes
/// as any other.
/// </para>
/// </remarks>
public interface IEpochSinkWriter<T> : ISinkWriter<T>
{
    /// <summary>
    /// Called once, before anything is written, when the job goes on from a checkpoint: discards whatever was written
    /// and is neither committed nor among what was prepared. The prepared epochs are committed next.
    /// </summary>
    /// <param name="lastEpoch">The last epoch of the checkpoint; later ones will be written again. 0: none was.</param>
    /// <param name="prepared">What had been prepared and may or may not have been committed, in order.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    /// <exception cref="InvalidOperationException">
    /// A later epoch was committed already, so going on from this checkpoint would write its records twice.
    /// </exception>
    ValueTask RestoreAsync(
        long lastEpoch, IReadOnlyList<PreparedEpoch> prepared, CancellationToken cancellationToken);

    /// <summary>
    /// Makes everything written since the last call durable, but not visible, so that committing it can no longer fail
    /// for a reason that lies in the records.
    /// </summary>
    /// <param name="epoch">The number of the epoch that ends here.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    /// <returns>What is needed to commit the epoch; stored in the checkpoint. Empty where nothing was written.</returns>
    ValueTask<ReadOnlyMemory<byte>> PrepareAsync(long epoch, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a prepared epoch visible; called in order, and again after a restore although it may have been done.
    /// </summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    ValueTask CommitAsync(PreparedEpoch epoch, CancellationToken cancellationToken);
}
