using StreamKit.Time;

namespace StreamKit.Connectors;

/// <summary>Records for a sink, with their event times.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public readonly struct SinkBatch<T>
{
    private readonly ReadOnlyMemory<long> _timestamps;

    /// <summary>Records with their event times.</summary>
    /// <param name="values">The records.</param>
    /// <param name="timestampTicks">Their event times, one each, in <see cref="Timestamp.Ticks"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public SinkBatch(ReadOnlyMemory<T> values, ReadOnlyMemory<long> timestampTicks)
    {
        if (values.Length != timestampTicks.Length)
        {
            throw new ArgumentException("Every record has one timestamp.", nameof(timestampTicks));
        }

        (Values, _timestamps) = (values, timestampTicks);
    }

    /// <summary>The records.</summary>
    public ReadOnlyMemory<T> Values { get; }

    /// <summary>How many records there are.</summary>
    public int Count => Values.Length;

    /// <summary>
    /// The event time of a record; <see cref="Timestamp.MinValue"/> in a stream that has no event time.
    /// </summary>
    /// <param name="index">Which record.</param>
    public Timestamp TimestampOf(int index) => new(_timestamps.Span[index]);
}
