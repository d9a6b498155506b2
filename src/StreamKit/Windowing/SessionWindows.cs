namespace StreamKit.Windowing;

/// <summary>
/// Per key, stretches of activity that a pause ends, and where asked also a longest duration or an end marker. Made by
/// <c>TimeWindows.Session</c>.
/// </summary>
/// <remarks>
/// With a longest duration or an end marker sessions are cut from the records by event time, whatever the order in
/// which they arrive, so the state keeps an accumulator for each distinct event time of a session.
/// </remarks>
public abstract class SessionWindows : WindowAssigner
{
    private protected SessionWindows()
    {
    }

    internal override long GranularityTicks => 0;

    internal abstract SessionCut Cut { get; }

    /// <summary>Cuts a session so long after its first record; the next record opens another one.</summary>
    /// <param name="maxDuration">
    /// The longest duration of a session; more than zero. A record exactly so long after the first is in the next
    /// session. Default: none, which <see cref="TimeSpan.MaxValue"/> says too.
    /// </param>
    /// <remarks>
    /// The window of a session that is cut ends at <c>Window.Start + maxDuration</c>, where no record needs to be.
    /// </remarks>
    /// <example><code>
    /// .Window(TimeWindows.Session(TimeSpan.FromMinutes(30)).MaxDuration(TimeSpan.FromHours(12)))
    /// </code></example>
    public SessionWindows MaxDuration(TimeSpan maxDuration) =>
        new CappedSessionAssigner(Cut.WithMaxDuration(maxDuration));

    /// <summary>Ends a session with each record that satisfies a predicate; the next one opens another.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="isLast">
    /// Whether a record ends its session; asked once for each record, on the lanes, so it must be pure.
    /// </param>
    /// <remarks>
    /// The window of such a session ends one tick after the record. Records with the same event time are in the session
    /// that is ended, whether they arrive before the marker or after it.
    /// </remarks>
    /// <example><code>
    /// .Window(TimeWindows.Session(TimeSpan.FromMinutes(30)).EndsOn((Click c) => c.IsLogout))
    /// </code></example>
    public SessionWindows<T> EndsOn<T>(Func<T, bool> isLast)
    {
        ArgumentNullException.ThrowIfNull(isLast);
        return new SessionWindows<T>(Cut, isLast);
    }
}
