namespace StreamKit.Connectors;

/// <summary>Reads one split of a source, in its order.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>The engine calls one method at a time.</remarks>
public interface ISplitReader<T> : IAsyncDisposable
{
    /// <summary>The split's name, the same each time the source is opened, such as a path or "topic/3".</summary>
    string Split { get; }

    /// <summary>
    /// Where the record after the last one delivered begins, in the reader's own notation; null where a split has no
    /// positions. Reading on from it delivers exactly what this reader would deliver next.
    /// </summary>
    string? Position { get; }

    /// <summary>
    /// Whether the split, once a read has said that it has ended, goes on in another process: then the job forgets it,
    /// and it may be added again under the same name. Default: false, it has ended for good and is not read again.
    /// </summary>
    bool IsHandedOver => false;

    /// <summary>Goes to a position that a reader of this split reported.</summary>
    /// <param name="position">The position.</param>
    /// <param name="cancellationToken">Cancelled when the job stops.</param>
    /// <exception cref="NotSupportedException">The split cannot be read again.</exception>
    ValueTask SeekAsync(string position, CancellationToken cancellationToken);

    /// <summary>Waits for records and hands over what is there.</summary>
    /// <param name="buffer">
    /// Empty, and with room for a batch. The reader adds at least one record and as many as it can without waiting
    /// again; waiting for a full buffer would delay the records that are there.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the job stops.</param>
    /// <returns>False when the split has ended; then the buffer is empty.</returns>
    ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken);

    /// <summary>
    /// Hands over what the reader holds already and nobody would bring again; asked for when the job is drained.
    /// Default: nothing.
    /// </summary>
    /// <param name="buffer">Empty, and with room for a batch.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    /// <remarks>
    /// Called when no read is under way any more, again and again until the buffer stays empty. It does not wait for
    /// what is still to come. A reader that can be read again, or that leaves what it has not read where it is, needs
    /// none of this.
    /// </remarks>
    ValueTask DrainAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
