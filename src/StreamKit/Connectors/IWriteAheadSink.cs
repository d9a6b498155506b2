namespace StreamKit.Connectors;

/// <summary>A sink whose writers are <see cref="IWriteAheadSinkWriter{T}"/>: exactly once, by a marker.</summary>
/// <typeparam name="T">The type of the records; it needs a serializer, because they lie in the checkpoint.</typeparam>
public interface IWriteAheadSink<T> : ISink<T>
{
    /// <inheritdoc/>
    SinkGuarantee ISink<T>.Guarantee => SinkGuarantee.ExactlyOnce;
}
