using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Windows between midnights of a time zone: each holds a whole number of its days.</summary>
/// <remarks>
/// <para>
/// A window begins at the first instant at which the zone's calendar shows the period's first day, or a later one.
/// This one sentence says what happens where clocks are changed: a midnight that does not exist is the first instant
/// after the gap, one that comes twice is the earlier of the two, and a day that a zone has skipped has no window.
/// </para>
/// <para>
/// The calendar has the years 1 to 9999. The window that reaches beyond its last day ends at the end of event time, the
/// one before the first whole period starts at its beginning.
/// </para>
/// <para>
/// All lanes share one assigner. The bounds that were found are kept in immutable entries, which are replaced whole, so
/// lanes that look and store at the same time see an entry or none, but never half of one.
/// </para>
/// </remarks>
internal sealed class CalendarAssigner(TimeZoneInfo zone, CalendarPeriods periods) : SlicedAssigner
{
    // Enough for half a year of days in any order; a power of two, so that the remainder is a mask.
    private const int KeptBounds = 256;

    // The zone with the greatest distance from UTC that the platform knows.
    private const long MaxOffset = 14 * TimeSpan.TicksPerHour;

    private readonly Bound?[] _kept = new Bound?[KeptBounds];

    public override bool IsPartition => true;

    /// <summary>The zone whose rules decide where windows begin.</summary>
    public TimeZoneInfo Zone => zone;

    /// <remarks>
    /// A bound is a midnight less the zone's distance from UTC, or an instant at which the distance changed. Today's
    /// distances are multiples of 15 minutes, but until about 1970 zones had local mean times, and changes from them
    /// lie at any second (Amsterdam, 1937-06-30T22:40:28Z). Bounds are therefore whole seconds; see <see cref="Find"/>.
    /// In UTC all bounds are midnights.
    /// </remarks>
    internal override long GranularityTicks { get; } =
        zone.HasSameRules(TimeZoneInfo.Utc) ? TimeSpan.TicksPerDay : TimeSpan.TicksPerSecond;

    public override Window SliceOf(long ticks)
    {
        // The zone's distance from UTC moves a record by a period at most, so the guess is hardly ever wrong by more.
        long day = Math.Clamp(DayOf(TickMath.Add(ticks, zone.BaseUtcOffset.Ticks)), 0, DateOnly.MaxValue.DayNumber);
        long index = periods.IndexOf(day);
        long start = StartOf(index), end = StartOf(index + 1);
        while (ticks < start)
        {
            (start, end) = (StartOf(--index), start);
        }

        while (ticks >= end && end != long.MaxValue)
        {
            (start, end) = (end, StartOf(++index + 1));
        }

        return Window.OfTicks(start, end);
    }

    public override void AddWindowsOf(Window slice, List<Window> windows) => windows.Add(slice);

    private static long DayOf(long ticks) =>
        CalendarPeriods.FloorDivide(ticks, TimeSpan.TicksPerDay) + (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerDay);

    private long StartOf(long index)
    {
        ref Bound? kept = ref _kept[index & (KeptBounds - 1)];
        Bound? bound = kept;
        if (bound is null || bound.Index != index)
        {
            bound = new Bound(index, Find(periods.FirstDay(index)));
            kept = bound;
        }

        return bound.Ticks;
    }

    // The first instant, in whole seconds, at which the zone shows this day or a later one.
    private long Find(long day)
    {
        if (day < 0 || day > DateOnly.MaxValue.DayNumber)
        {
            return day < 0 ? long.MinValue : long.MaxValue;
        }

        long midnight = (day * TimeSpan.TicksPerDay) - DateTime.UnixEpoch.Ticks;
        long from = midnight - MaxOffset, to = midnight + MaxOffset;
        long bound = OffsetAt(from) == OffsetAt(to) ? midnight - OffsetAt(from) : Search(midnight, from);

        // Nothing to do for zones of the IANA database. One that a program makes itself may change at a millisecond.
        long into = TickMath.FloorMod(bound, TimeSpan.TicksPerSecond);
        return into == 0 ? bound : bound + TimeSpan.TicksPerSecond - into;
    }

    // Walks over the changes of the clocks near a midnight. In each stretch between two of them local time runs on
    // evenly; it reaches the midnight inside a stretch, or jumps over it at the beginning of one.
    private long Search(long midnight, long from)
    {
        long at = from;
        while (true)
        {
            long offset = OffsetAt(at);
            if (at + offset >= midnight)
            {
                return at;
            }

            at = NextChange(at, midnight - offset, offset);
        }
    }

    // The first instant after one, up to another, at which the distance from UTC is no longer this; else the other.
    // Looking hour by hour finds it even where clocks were changed twice within a day.
    private long NextChange(long after, long upTo, long offset)
    {
        for (long before = after; before < upTo;)
        {
            long next = Math.Min(before + TimeSpan.TicksPerHour, upTo);
            if (OffsetAt(next) != offset)
            {
                while (next - before > 1)
                {
                    long middle = before + ((next - before) / 2);
                    (before, next) = OffsetAt(middle) == offset ? (middle, next) : (before, middle);
                }

                return next;
            }

            before = next;
        }

        return upTo;
    }

    private long OffsetAt(long ticks)
    {
        long clock = Math.Clamp(ticks + DateTime.UnixEpoch.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return zone.GetUtcOffset(new DateTime(clock, DateTimeKind.Utc)).Ticks;
    }

    private sealed record Bound(long Index, long Ticks);
}
