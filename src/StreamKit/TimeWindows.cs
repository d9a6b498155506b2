using StreamKit.Windowing;

namespace StreamKit;

/// <summary>The kinds of windows.</summary>
public static partial class TimeWindows
{
    // A record belongs to at most so many windows; more would be a mistake in the arguments.
    private const long MaxOverlap = 100_000;

    /// <summary>Windows of one size, side by side, aligned to 1970-01-01T00:00Z.</summary>
    /// <param name="size">The size; more than zero.</param>
    /// <param name="offset">Moves the bounds by so much; any value. Default: zero.</param>
    /// <example><code>
    /// .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    /// </code></example>
    public static WindowAssigner Tumbling(TimeSpan size, TimeSpan offset = default) => Hopping(size, size, offset);

    /// <summary>Windows of one size that start every so often, so that they overlap or leave gaps.</summary>
    /// <param name="size">The size; more than zero.</param>
    /// <param name="every">
    /// The distance between starts; more than zero. Any ratio to the size is allowed; where it is larger than the size,
    /// records in the gaps belong to no window and are counted as unassigned.
    /// </param>
    /// <param name="offset">Moves the bounds by so much; any value. Default: zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a record would be
    /// in over 100,000 windows.</exception>
    /// <example><code>
    /// .Window(TimeWindows.Hopping(size: TimeSpan.FromMinutes(5), every: TimeSpan.FromMinutes(1)))
    /// </code></example>
    public static WindowAssigner Hopping(TimeSpan size, TimeSpan every, TimeSpan offset = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(size, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero);
        if ((size.Ticks - 1) / every.Ticks >= MaxOverlap)
        {
            throw new ArgumentOutOfRangeException(
                nameof(every), every, $"A record would belong to more than {MaxOverlap} windows of {size}.");
        }

        return new HoppingAssigner(size.Ticks, every.Ticks, offset.Ticks);
    }

    /// <summary>Per key, stretches of activity: a pause of the gap or more ends a session.</summary>
    /// <param name="gap">The pause; more than zero. A pause of exactly the gap ends the session.</param>
    /// <remarks>
    /// A session ends the gap after its last record, so the last record was at <c>Window.End - gap</c>. Sessions grow
    /// and merge while records come, also late ones, as long as they overlap a session that is still kept.
    /// <see cref="SessionWindows.MaxDuration"/> and <see cref="SessionWindows.EndsOn"/> end sessions that never pause.
    /// </remarks>
    /// <example><code>
    /// .Window(TimeWindows.Session(TimeSpan.FromMinutes(30)))
    /// </code></example>
    public static SessionWindows Session(TimeSpan gap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(gap, TimeSpan.Zero);
        return new SessionAssigner(gap.Ticks);
    }

    /// <summary>
    /// One window over everything, which closes when the stream ends. The stream needs no event time.
    /// </summary>
    /// <example><code>
    /// lines.WindowAll(TimeWindows.Global()).Count()
    /// </code></example>
    public static WindowAssigner Global() => new GlobalAssigner();
}
