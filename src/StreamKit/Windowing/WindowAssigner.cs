using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Says which windows a record belongs to. Made by <c>TimeWindows</c> and <c>CalendarWindows</c>.</summary>
public abstract class WindowAssigner
{
    private protected WindowAssigner()
    {
    }

    /// <summary>
    /// The distance between the instants at which windows of this kind can close, in ticks; 0 where they can close at
    /// any instant. A watermark that passes no such instant changes nothing.
    /// </summary>
    internal abstract long GranularityTicks { get; }

    /// <summary>Which clock says when records come and windows end.</summary>
    internal TimeDomain Domain { get; private set; }

    /// <summary>What becomes of open windows when the input ends; in processing time only.</summary>
    internal OnCompletion Completion { get; private set; }

    /// <summary>
    /// The same windows in processing time: a record is in the windows of the moment at which it comes.
    /// </summary>
    /// <param name="onCompletion">
    /// What becomes of windows that are still open when the input ends. Default: they say what they have.
    /// </param>
    /// <remarks>
    /// <para>
    /// The clock is that of the job (<c>JobOptions.Clock</c>), read where the windows are. A window ends when the clock
    /// reaches its end, whether or not records come. The stream needs no event time, and where it has one it is not
    /// looked at. No record is late, so <c>AllowLateness</c> and <c>SideOutputLate</c> are mistakes. Where the clock is
    /// set back, time stands until the clock has caught up.
    /// </para>
    /// <para>
    /// Another run of the same input gives other results. They carry the time of their windows, but event-time windows
    /// over them need a <c>WithEventTime</c> of their own.
    /// </para>
    /// </remarks>
    /// <example><code>
    /// requests.WindowAll(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)).InProcessingTime()).Count()
    /// </code></example>
    public WindowAssigner InProcessingTime(OnCompletion onCompletion = OnCompletion.Flush)
    {
        // The bounds are the same; only who says what time it is differs.
        var copy = (WindowAssigner)MemberwiseClone();
        copy.Domain = TimeDomain.Processing;
        copy.Completion = onCompletion;
        return copy;
    }

    /// <summary>Why windows of this kind can have no trigger of one's own, and what to do; null: they can.</summary>
    internal virtual string? WhyNoTriggers => null;
}
