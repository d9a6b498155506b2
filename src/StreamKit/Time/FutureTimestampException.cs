namespace StreamKit.Time;

/// <summary>A record's event time lies further in the future than the future guard allows.</summary>
public sealed class FutureTimestampException : Exception
{
    internal FutureTimestampException(Timestamp timestamp, Timestamp latest)
        : base($"The record's event time {timestamp} is later than {latest}, the clock plus the allowed skew.") =>
        (Timestamp, Latest) = (timestamp, latest);

    /// <summary>The record's event time.</summary>
    public Timestamp Timestamp { get; }

    /// <summary>The latest event time that was allowed when the record came.</summary>
    public Timestamp Latest { get; }
}
