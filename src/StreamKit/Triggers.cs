using StreamKit.Windowing;

namespace StreamKit;

/// <summary>When a window says its result, besides when it is complete.</summary>
/// <remarks>
/// <para>
/// Each can be given to <c>Early</c>, for the time before the window is complete, and to <c>Late</c>, for the time
/// after. The result at completion is the same with all of them; what no trigger has said by then, or by the time the
/// window expires, is said then. Nothing is said where no record came since the last time.
/// </para>
/// <para>A trigger of one's own is an <see cref="ITrigger{T, TState}"/>.</para>
/// </remarks>
/// <example><code>
/// .Window(TimeWindows.Tumbling(TimeSpan.FromHours(1)))
/// .Early(Triggers.EveryRecords(100))
/// .Late(Triggers.EveryProcessingTime(TimeSpan.FromSeconds(5)))
/// </code></example>
public static class Triggers
{
    /// <summary>At each record. As a late trigger, the default.</summary>
    public static WindowTrigger EveryRecord() => EveryRecords(1);

    /// <summary>At every so manieth record of a key and window, counted from its last result by this trigger.</summary>
    /// <param name="count">How many records; from 1.</param>
    public static WindowTrigger EveryRecords(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new RecordsTrigger(count);
    }

    /// <summary>So long, in processing time, after the first record that has not been said.</summary>
    /// <param name="period">How long; more than zero.</param>
    /// <remarks>
    /// As an early trigger it is <c>Early(period)</c>: all windows of the step speak together. As a late trigger each
    /// key and window waits by itself, so a burst of late records makes one result.
    /// </remarks>
    public static WindowTrigger EveryProcessingTime(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        return new ProcessingTimeTrigger(period.Ticks);
    }

    /// <summary>When the watermark passes a multiple of a period of event time, counted from 1970.</summary>
    /// <param name="period">The period; more than zero.</param>
    /// <remarks>
    /// Multiples are counted from 1970 and not from the start of the window, because a session's start moves and the
    /// global window has none. A watermark that passes many of them at once makes one result; one that also completes
    /// the window makes the one at completion only. The stream needs event time.
    /// </remarks>
    public static WindowTrigger EveryEventTime(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        return new EventTimeTrigger(period.Ticks);
    }

    /// <summary>
    /// Not at all. As an early trigger, the default; as a late trigger, late records are said once, when the window
    /// expires.
    /// </summary>
    public static WindowTrigger Never() => new NeverTrigger();
}
