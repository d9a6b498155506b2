using StreamKit.Checkpointing;

namespace StreamKit;

/// <summary>Where a job keeps what it needs to go on after a crash, and what lies there.</summary>
public static class Checkpoints
{
    /// <summary>Takes checkpoints into a directory, where they survive the process and a loss of power.</summary>
    /// <param name="path">The directory; made when there is none. Several jobs may share it.</param>
    /// <param name="every">How long after the beginning of one checkpoint the next begins. Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above zero.</exception>
    /// <example>
    /// <code>
    /// CheckpointOptions checkpoints = Checkpoints.InDirectory("checkpoints", TimeSpan.FromSeconds(30));
    /// </code>
    /// </example>
    public static CheckpointOptions InDirectory(string path, TimeSpan every) =>
        In(new DirectoryCheckpointStore(path), every);

    /// <summary>Takes checkpoints into a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="every">How long after the beginning of one checkpoint the next begins. Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above zero.</exception>
    public static CheckpointOptions In(ICheckpointStore store, TimeSpan every)
    {
        var options = new CheckpointOptions { Store = store, Every = every };
        options.Check();
        return options;
    }

    /// <summary>The completed checkpoints and savepoints of a job, the highest number first.</summary>
    /// <remarks>Reads only; the job may be running.</remarks>
    /// <param name="store">The store.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<IReadOnlyList<StoredCheckpoint>> ListAsync(
        ICheckpointStore store, string job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ICheckpointReader reader = await store.OpenReaderAsync(job, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await reader.ListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Says what a checkpoint holds: operators, sizes, key groups, positions, what sinks had prepared.
    /// </summary>
    /// <remarks>Reads only; the job may be running.</remarks>
    /// <param name="store">The store.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">One that <see cref="ListAsync"/> returned.</param>
    /// <param name="clock">What its age is measured with; null: the system's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">It has been deleted meanwhile.</exception>
    /// <exception cref="CheckpointCorruptException">What is stored is not what was written.</exception>
    /// <exception cref="NotSupportedException">A newer version of StreamKit wrote it.</exception>
    public static async ValueTask<CheckpointDescription> InspectAsync(
        ICheckpointStore store,
        string job,
        StoredCheckpoint checkpoint,
        TimeProvider? clock = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(checkpoint);
        ICheckpointReader reader = await store.OpenReaderAsync(job, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            CheckpointManifest manifest = await reader
                .ReadDecodedAsync(checkpoint, cancellationToken)
                .ConfigureAwait(false);
            DateTimeOffset now = (clock ?? TimeProvider.System).GetUtcNow();
            return new CheckpointDescription(checkpoint, manifest, now - (checkpoint.Created ?? manifest.Created));
        }
    }

    /// <summary>Reads all of a checkpoint and throws when anything of it is damaged or missing.</summary>
    /// <remarks>Reads only; the job may be running. Worth its time when a savepoint was copied.</remarks>
    /// <param name="store">The store.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">One that <see cref="ListAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">It has been deleted, or a part is not in the store.</exception>
    /// <exception cref="CheckpointCorruptException">What is stored is not what was written.</exception>
    /// <exception cref="NotSupportedException">A newer version of StreamKit wrote it.</exception>
    public static async ValueTask VerifyAsync(
        ICheckpointStore store,
        string job,
        StoredCheckpoint checkpoint,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(checkpoint);
        ICheckpointReader reader = await store.OpenReaderAsync(job, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            CheckpointManifest manifest = await reader
                .ReadDecodedAsync(checkpoint, cancellationToken)
                .ConfigureAwait(false);
            foreach (ManifestPart part in manifest.Parts)
            {
                part.Verify(await reader.ReadPartAsync(checkpoint, part.Name, cancellationToken).ConfigureAwait(false));
            }
        }
    }
}
