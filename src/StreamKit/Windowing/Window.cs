using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>A stretch of event time, half-open: the start belongs to it, the end does not.</summary>
[StateSerializer(typeof(WindowSerializer))]
public readonly record struct Window : IComparable<Window>
{
    /// <summary>The window from start to end.</summary>
    /// <param name="start">The first instant that belongs to it.</param>
    /// <param name="end">The first instant after it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is not after the start.</exception>
    public Window(Timestamp start, Timestamp end)
    {
        if (end <= start)
        {
            throw new ArgumentOutOfRangeException(nameof(end), $"A window ends after it starts: [{start}, {end}).");
        }

        (StartTime, EndTime) = (start, end);
    }

    /// <summary>
    /// The first instant that belongs to the window, in UTC; far outside the calendar it is the calendar's end.
    /// </summary>
    public DateTimeOffset Start => StartTime.ToDateTimeOffset();

    /// <summary>
    /// The first instant after the window, in UTC; far outside the calendar it is the calendar's end.
    /// </summary>
    public DateTimeOffset End => EndTime.ToDateTimeOffset();

    /// <summary>The exact start.</summary>
    public Timestamp StartTime { get; }

    /// <summary>The exact end.</summary>
    public Timestamp EndTime { get; }

    /// <summary>The last instant that belongs to the window; the event time of its results.</summary>
    public Timestamp MaxTimestamp => new(EndTime.Ticks - 1);

    /// <summary>Whether the left window comes first: by end, then by start.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(Window left, Window right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left window comes later: by end, then by start.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(Window left, Window right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left window comes first or is the same.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(Window left, Window right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left window comes later or is the same.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(Window left, Window right) => left.CompareTo(right) >= 0;

    /// <summary>The window from an instant on; at the end of event time it is held there.</summary>
    /// <param name="start">The first instant that belongs to it.</param>
    /// <param name="length">How long it is; more than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public static Window From(Timestamp start, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return OfTicks(start.Ticks, TickMath.Add(start.Ticks, length.Ticks));
    }

    /// <summary>
    /// The window that contains an instant, of windows of one size side by side; as <c>TimeWindows.Tumbling</c> cuts.
    /// </summary>
    /// <param name="timestamp">The instant.</param>
    /// <param name="size">The size; more than zero.</param>
    /// <param name="offset">Moves the bounds by so much; any value. Default: zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    public static Window Aligned(Timestamp timestamp, TimeSpan size, TimeSpan offset = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(size, TimeSpan.Zero);
        long start = TickMath.AlignedStart(timestamp.Ticks, size.Ticks, offset.Ticks);
        long into = TickMath.FloorMod(
            TickMath.FloorMod(timestamp.Ticks, size.Ticks) - TickMath.FloorMod(offset.Ticks, size.Ticks), size.Ticks);
        return OfTicks(start, TickMath.Add(timestamp.Ticks, size.Ticks - into));
    }

    /// <summary>Whether an instant belongs to the window.</summary>
    /// <param name="timestamp">The instant.</param>
    public bool Contains(Timestamp timestamp) => timestamp >= StartTime && timestamp < EndTime;

    /// <summary>Whether an instant belongs to both windows; those that only touch share none.</summary>
    /// <param name="other">The other window.</param>
    public bool Overlaps(Window other) => StartTime < other.EndTime && other.StartTime < EndTime;

    /// <summary>The order in which windows close: by end, then by start.</summary>
    /// <param name="other">The other window.</param>
    public int CompareTo(Window other)
    {
        int byEnd = EndTime.CompareTo(other.EndTime);
        return byEnd != 0 ? byEnd : StartTime.CompareTo(other.StartTime);
    }

    /// <summary>The window as [start, end).</summary>
    public override string ToString() => $"[{StartTime}, {EndTime})";

    internal static Window OfTicks(long start, long end) => new(new Timestamp(start), new Timestamp(end));
}
