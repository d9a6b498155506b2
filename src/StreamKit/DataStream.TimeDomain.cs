using StreamKit.Time;

namespace StreamKit;

/// <content>Which time the records have.</content>
public sealed partial class DataStream<T>
{
    /// <summary>
    /// The clock that the timestamps of the records are read from; null where they have none yet.
    /// </summary>
    /// <remarks>
    /// After <c>WithEventTime</c> it is event time, after windows that are <c>InProcessingTime</c> it is processing
    /// time, and steps in between keep it. Where streams of both are mixed, the pipeline is refused when it is built.
    /// </remarks>
    public TimeDomain? TimeDomain => Node.Domain;
}
