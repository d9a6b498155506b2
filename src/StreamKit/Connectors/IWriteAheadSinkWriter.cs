namespace StreamKit.Connectors;

/// <summary>
/// A writer that is given an epoch's records only after the checkpoint that holds them is complete, and writes them in
/// one transaction with a marker, so that every record is written exactly once.
/// </summary>
/// <typeparam name="T">The type of the records; it needs a serializer, because they lie in the checkpoint.</typeparam>
/// <remarks>
/// <para>
/// An epoch is what is written between two checkpoints. The engine keeps its records in the checkpoint; a system that
/// can write records and one number in one transaction needs nothing else.
/// </para>
/// <para>
/// For a moment a run that was given up may be alive beside the one that goes on, and both may commit the same epoch: a
/// writer looks in its transaction whether the marker is still the one before, and writes nothing where it is not.
/// </para>
/// <para>
/// Without checkpoints (<see cref="SinkContext.HasCheckpoints"/>) records go to
/// <see cref="ISinkWriter{T}.WriteAsync"/> as they come.
/// </para>
/// </remarks>
public interface IWriteAheadSinkWriter<T> : ISinkWriter<T>
{
    /// <summary>The last epoch whose marker is there; 0 where there is none.</summary>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    ValueTask<long> FindLastEpochAsync(CancellationToken cancellationToken);

    /// <summary>Writes the records of an epoch and its marker in one transaction.</summary>
    /// <param name="epoch">
    /// The number of the epoch; it follows the one whose marker is there. Where its own marker is there already,
    /// nothing is written.
    /// </param>
    /// <param name="records">The records in their order; there may be none.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    ValueTask CommitAsync(long epoch, SinkBatch<T> records, CancellationToken cancellationToken);
}
