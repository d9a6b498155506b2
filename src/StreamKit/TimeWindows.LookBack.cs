using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows that belong to one record each.</content>
public static partial class TimeWindows
{
    /// <summary>For each record, the records of its key in the time before it, itself included.</summary>
    /// <param name="length">How far back a record looks; more than zero. A record exactly so much older is out.</param>
    /// <remarks>
    /// Each record has one result, when the watermark has passed its time: all records up to that time are there then,
    /// so results do not depend on the order of arrival. They come in the order of event time, and by arrival among
    /// equal times; records of one time see each other. A record behind the watermark has no result, but later records
    /// look back on it. The <c>Aggregate</c> with two functions gives the second one the record beside its result.
    /// </remarks>
    /// <example><code>
    /// payments.KeyBy(p => p.Card).Window(TimeWindows.LookBack(TimeSpan.FromMinutes(10))).Count()
    /// </code></example>
    public static WindowAssigner LookBack(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return new LookBackAssigner(length.Ticks);
    }
}
