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
/// Calls come one at a time, but the epochs overlap: while one waits for its checkpoint to be complete, the records of
/// the next are written, and it may be prepared before the one before it is committed.
/// </para>
/// <para>
/// For a moment a run that was given up may be alive beside the one that goes on: names of what is prepared must not
/// meet. The old one completes no checkpoint any more, so it commits nothing that the new one does not know.
/// </para>
/// <para>
/// Without checkpoints (<see cref="SinkContext.HasCheckpoints"/>) none of these methods is called, and the writer
/// writes as any other.
/// </para>
/// </remarks>
public interface IEpochSinkWriter<T> : ISinkWriter<T>
{
    /// <summary>
    /// Called once, before anything is written: discards whatever was written and is neither committed nor among what
    /// was prepared. The prepared epochs are committed next, in order.
    /// </summary>
    /// <param name="lastEpoch">
    /// The last epoch of the checkpoint that the job goes on from; later ones will be written again. 0: it starts at
    /// the beginning, or the sink is new.
    /// </param>
    /// <param name="prepared">
    /// What had been prepared and may or may not have been committed, in order. The last epoch is always among it, so
    /// what a writer must know to go on can lie in its handle.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    /// <exception cref="InvalidOperationException">
    /// A later epoch was committed already, so going on from this checkpoint would write its records twice. The job
    /// does not start.
    /// </exception>
    ValueTask RestoreAsync(
        long lastEpoch, IReadOnlyList<PreparedEpoch> prepared, CancellationToken cancellationToken);

    /// <summary>
    /// Makes everything written since the last call durable, but not visible, so that committing it can no longer fail
    /// for a reason that lies in the records. Called at each checkpoint, also where nothing was written.
    /// </summary>
    /// <param name="epoch">The number of the epoch that ends here.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    /// <returns>
    /// What is needed to commit the epoch, also in another process; stored in the checkpoint. May be empty.
    /// </returns>
    ValueTask<ReadOnlyMemory<byte>> PrepareAsync(long epoch, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a prepared epoch visible; called in order, and again after a restore although it may have been done, in
    /// part or as a whole.
    /// </summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    ValueTask CommitAsync(PreparedEpoch epoch, CancellationToken cancellationToken);
}
