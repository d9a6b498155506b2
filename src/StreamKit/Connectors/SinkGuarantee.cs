namespace StreamKit.Connectors;

/// <summary>What becomes, in a sink, of records that a job writes again after a failure.</summary>
/// <remarks>Ordered from the least to the most.</remarks>
public enum SinkGuarantee
{
    /// <summary>No record is lost; what was written since the last complete checkpoint is there twice.</summary>
    AtLeastOnce,

    /// <summary>A record written again replaces itself: the sink ends with the same content.</summary>
    Idempotent,

    /// <summary>
    /// Records become visible with a checkpoint (<see cref="IEpochSinkWriter{T}"/>) or are written after it with a
    /// marker (<see cref="IWriteAheadSinkWriter{T}"/>): every record is there exactly once.
    /// </summary>
    ExactlyOnce,
}
