namespace StreamKit.Aggregation;

/// <content>When records happened.</content>
public sealed partial class Aggregates<T>
{
    /// <summary>The smallest event time of the records, in UTC.</summary>
    /// <remarks>
    /// The start of a session. Far outside the calendar it is the calendar's end; 1970 when the pipeline is built.
    /// </remarks>
    public DateTimeOffset FirstEventTime() => Ask(DateTimeOffset.UnixEpoch, static _ => Parts.FirstEventTime<T>(), 0);

    /// <summary>The largest event time of the records, in UTC.</summary>
    /// <remarks>
    /// A session's window ends later: a gap after its last record, at its longest duration, or one tick after its end
    /// marker. Far outside the calendar it is the calendar's end; when the pipeline is built it is 1970.
    /// </remarks>
    /// <example><code>
    /// .Aggregate(a => new Visit(a.Count(), a.LastEventTime() - a.FirstEventTime()))
    /// </code></example>
    public DateTimeOffset LastEventTime() => Ask(DateTimeOffset.UnixEpoch, static _ => Parts.LastEventTime<T>(), 0);
}
