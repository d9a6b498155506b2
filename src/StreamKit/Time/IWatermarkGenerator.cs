namespace StreamKit.Time;

/// <summary>Decides, from the records of one split, how far event time has come there.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// One instance serves one split of one source and is called by one thread at a time, once for every record in the
/// order in which the split delivers them, after the record was handed on. A generator that falls back is not an error:
/// a lower value than before is ignored.
/// </remarks>
public interface IWatermarkGenerator<T>
{
    /// <summary>
    /// The watermark that the split can assert now: no later record of it has a smaller timestamp.
    /// <see cref="Timestamp.MinValue"/> while nothing is known.
    /// </summary>
    Timestamp Watermark { get; }

    /// <summary>Takes notice of one record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="timestamp">Its event time.</param>
    void OnRecord(in T record, Timestamp timestamp);

    /// <summary>
    /// What the generator remembers besides <see cref="Watermark"/>, for a checkpoint. Default: nothing.
    /// </summary>
    ReadOnlyMemory<byte> Save() => default;

    /// <summary>
    /// Takes up what a generator for the same split remembered, before the first record. The engine keeps the watermark
    /// itself: however low the generator begins, the split's watermark does not fall. Default: nothing.
    /// </summary>
    /// <param name="state">What <see cref="Save"/> returned.</param>
    void Restore(ReadOnlyMemory<byte> state)
    {
    }
}
