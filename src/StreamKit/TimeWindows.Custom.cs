using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows that depend on the records.</content>
public static partial class TimeWindows
{
    /// <summary>Windows of one's own: an assigner says which windows a record belongs to.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="assigner">The assigner; <c>WindowAssignerLaws</c> of <c>StreamKit.Testing</c> checks
    /// its laws.</param>
    /// <param name="maxWindowsPerRecord">
    /// How many windows one record may have; one more goes to the error policy, because it is mostly a mistake in the
    /// units, and each window costs memory for each key. Default: 100,000.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the granularity is negative, or the limit
    /// is zero.</exception>
    /// <example><code>
    /// orders.KeyBy(o => o.Customer).Window(TimeWindows.Custom(new ByPriority())).Count()
    /// </code></example>
    public static RecordWindows<T> Custom<T>(IWindowAssigner<T> assigner, int maxWindowsPerRecord = 100_000)
    {
        ArgumentNullException.ThrowIfNull(assigner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxWindowsPerRecord);
        TimeSpan granularity = assigner.Granularity;
        ArgumentOutOfRangeException.ThrowIfLessThan(granularity, TimeSpan.Zero, nameof(assigner));
        return new RecordWindows<T>(new RecordAssigner<T>(assigner, maxWindowsPerRecord, granularity.Ticks));
    }

    /// <summary>Windows of one's own that merge, as sessions do.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="assigner">The assigner; <c>WindowAssignerLaws</c> of <c>StreamKit.Testing</c> checks
    /// its laws.</param>
    /// <example><code>
    /// calls.KeyBy(c => c.Line).Window(TimeWindows.Custom(new Calls())).Count()
    /// </code></example>
    public static RecordWindows<T> Custom<T>(IMergingWindowAssigner<T> assigner)
    {
        ArgumentNullException.ThrowIfNull(assigner);
        return new RecordWindows<T>(new MergingAssigner<T>(assigner));
    }

    /// <summary>Sessions in which each record says itself which pause after it ends the session.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="gap">The pause after a record; more than zero, else the record goes to the error policy.</param>
    /// <remarks>
    /// A session reaches from its first record to the furthest end of record and gap; a later record with a short gap
    /// never shortens it. All else is as with one gap for all.
    /// </remarks>
    /// <example><code>
    /// clicks.KeyBy(c => c.User).Window(TimeWindows.Session((Click c) => c.IsBot ? second : halfAnHour)).Count()
    /// </code></example>
    public static RecordWindows<T> Session<T>(Func<T, TimeSpan> gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        return new RecordWindows<T>(new MergingAssigner<T>(new GapSessions<T>(gap)));
    }
}
