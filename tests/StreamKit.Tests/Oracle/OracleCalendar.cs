namespace StreamKit.Tests.Oracle;

/// <summary>
/// The windows of a calendar, found by looking at the clock on the wall of a zone, second by second where it matters.
/// </summary>
/// <remarks>
/// It knows nothing of offsets, gaps and overlaps: a day begins when the zone's date is that day, or a later one, for
/// the first time.
/// </remarks>
/// <param name="zone">The zone.</param>
/// <param name="firstDay">The first day of a period, by its number; it grows with the number.</param>
internal sealed class OracleCalendar(TimeZoneInfo zone, Func<int, DateOnly> firstDay)
{
    private static readonly TimeSpan s_far = TimeSpan.FromHours(26);

    private readonly Dictionary<DateOnly, long> _known = [];

    public OracleWindow WindowOf(long ticks)
    {
        DateOnly date = DateOf(DateTimeOffset.UnixEpoch.AddTicks(ticks));

        // From well before to well behind, so that a date that is off by a few days does no harm.
        int period = 0;
        while (firstDay(period) > date.AddDays(-3))
        {
            period--;
        }

        while (firstDay(period + 1) <= date.AddDays(-3))
        {
            period++;
        }

        long start = StartOf(firstDay(period)), end;
        while ((end = StartOf(firstDay(++period))) <= ticks)
        {
            start = end;
        }

        return new OracleWindow(start, end);
    }

    /// <summary>When a day begins, in ticks since 1970.</summary>
    public long StartOf(DateOnly day)
    {
        if (!_known.TryGetValue(day, out long start))
        {
            // No zone is so far from UTC that its date could be this one already.
            DateTimeOffset at = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - s_far;
            at = Step(Step(at, day, TimeSpan.FromMinutes(1)).AddMinutes(-1), day, TimeSpan.FromSeconds(1));
            start = (at - DateTimeOffset.UnixEpoch).Ticks;
            _known.Add(day, start);
        }

        return start;
    }

    private DateTimeOffset Step(DateTimeOffset at, DateOnly day, TimeSpan step)
    {
        while (DateOf(at) < day)
        {
            at += step;
        }

        return at;
    }

    private DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
