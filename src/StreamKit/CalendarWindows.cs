using StreamKit.Windowing;

namespace StreamKit;

/// <summary>Windows of whole days, weeks, months or years by the calendar of a time zone.</summary>
/// <remarks>
/// <para>
/// The bounds are midnights in the zone, so a day has 23 or 25 hours where clocks are changed. A midnight that does not
/// exist, because clocks jump over it, is the first instant after the jump; one that comes twice is the earlier of the
/// two. A day that a zone has skipped has no window. Records before the year 1 and after 9999 are in the first and in
/// the last window.
/// </para>
/// <para>
/// The rules of the zone are those of the machine: where its database is renewed, bounds that are still to come may
/// move with it.
/// </para>
/// </remarks>
public static class CalendarWindows
{
    // Ten thousand years; a longer period would never end.
    private const int MostDays = 3_652_059;
    private const int MostMonths = 120_000;
    private const int DaysPerWeek = 7;
    private const int MonthsPerYear = 12;

    private static readonly DateOnly s_epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    /// <summary>Windows of whole days.</summary>
    /// <param name="zone">The time zone in which days begin.</param>
    /// <param name="count">How many days a window has, from 1. Default: 1.</param>
    /// <param name="anchor">
    /// A day on which a window begins; the others are counted from it, also backwards. Null: 1970-01-01.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or above all days of the
    /// calendar.</exception>
    /// <example><code>
    /// sales.KeyBy(s => s.Shop).Window(CalendarWindows.Days("Europe/Paris")).Sum(s => s.Cents)
    /// </code></example>
    public static WindowAssigner Days(TimeZoneInfo zone, int count = 1, DateOnly? anchor = null)
    {
        Check(zone, count, MostDays);
        return new CalendarAssigner(zone, new DayPeriods(anchor ?? s_epoch, count));
    }

    /// <summary>Windows of whole days.</summary>
    /// <param name="zone">The name of the time zone in which days begin, such as "Europe/Paris".</param>
    /// <param name="count">How many days a window has, from 1. Default: 1.</param>
    /// <param name="anchor">
    /// A day on which a window begins; the others are counted from it, also backwards. Null: 1970-01-01.
    /// </param>
    /// <exception cref="ArgumentException">The machine knows no time zone of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or above all days of the
    /// calendar.</exception>
    /// <example><inheritdoc cref="Days(TimeZoneInfo, int, DateOnly?)" path="/example/node()"/></example>
    public static WindowAssigner Days(string zone, int count = 1, DateOnly? anchor = null) =>
        Days(ZoneOf(zone), count, anchor);

    /// <summary>Windows of whole weeks.</summary>
    /// <param name="zone">The time zone in which weeks begin.</param>
    /// <param name="firstDay">The day on which a week begins. Default: Monday.</param>
    /// <param name="count">How many weeks a window has, from 1. Default: 1.</param>
    /// <param name="anchor">
    /// A day of a week with which a window begins; the others are counted from it, also backwards. It matters only
    /// where a window has several weeks. Null: 1970-01-01.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or above all weeks of the calendar; or
    /// the first day is no day of the week.</exception>
    /// <example><code>
    /// .Window(CalendarWindows.Weeks("America/New_York", DayOfWeek.Sunday))
    /// </code></example>
    public static WindowAssigner Weeks(
        TimeZoneInfo zone, DayOfWeek firstDay = DayOfWeek.Monday, int count = 1, DateOnly? anchor = null)
    {
        Check(zone, count, MostDays / DaysPerWeek);
        if (!Enum.IsDefined(firstDay))
        {
            throw new ArgumentOutOfRangeException(nameof(firstDay), firstDay, "A week has seven days.");
        }

        // The calendar's first day was a Monday. A week that began before it is moved on by whole windows.
        DateOnly day = anchor ?? s_epoch;
        int back = (day.DayOfWeek - firstDay + DaysPerWeek) % DaysPerWeek;
        int days = count * DaysPerWeek;
        DateOnly first = back <= day.DayNumber ? day.AddDays(-back) : day.AddDays(days - back);
        return new CalendarAssigner(zone, new DayPeriods(first, days));
    }

    /// <summary>Windows of whole weeks.</summary>
    /// <param name="zone">The name of the time zone in which weeks begin, such as "Europe/Paris".</param>
    /// <param name="firstDay">The day on which a week begins. Default: Monday.</param>
    /// <param name="count">How many weeks a window has, from 1. Default: 1.</param>
    /// <param name="anchor">
    /// A day of a week with which a window begins; the others are counted from it, also backwards. It matters only
    /// where a window has several weeks. Null: 1970-01-01.
    /// </param>
    /// <exception cref="ArgumentException">The machine knows no time zone of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or above all weeks of the calendar; or
    /// the first day is no day of the week.</exception>
    /// <example>
    /// <inheritdoc cref="Weeks(TimeZoneInfo, DayOfWeek, int, DateOnly?)" path="/example/node()"/>
    /// </example>
    public static WindowAssigner Weeks(
        string zone, DayOfWeek firstDay = DayOfWeek.Monday, int count = 1, DateOnly? anchor = null) =>
        Weeks(ZoneOf(zone), firstDay, count, anchor);

    /// <summary>Windows of whole months; three of them are a quarter.</summary>
    /// <param name="zone">The time zone in which months begin.</param>
    /// <param name="count">How many months a window has, from 1. Default: 1.</param>
    /// <param name="anchor">
    /// A day on which a window begins; the others begin on the same day of other months, or on the last one of a month
    /// that lacks it, and are counted from it, also backwards. Null: 1970-01-01, so months begin on the 1st and
    /// quarters in January, April, July and October.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or above all months of the
    /// calendar.</exception>
    /// <example><code>
    /// .Window(CalendarWindows.Months("Europe/Berlin", count: 3))
    /// </code></example>
    public static WindowAssigner Months(TimeZoneInfo zone, int count = 1, DateOnly? anchor = null)
    {
        Check(zone, count, MostMonths);
        return new CalendarAssigner(zone, new MonthPeriods(anchor ?? s_epoch, count));
    }

    /// <summary>Windows of whole months; three of them are a quarter.</summary>
    /// <param name="zone">The name of the time zone in which months begin, such as "Europe/Paris".</param>
    /// <param name="count">How many months a window has, from 1. Default: 1.</param>
    /// <param name="anchor">
    /// A day on which a window begins; the others begin on the same day of other months, or on the last one of a month
    /// that lacks it, and are counted from it, also backwards. Null: 1970-01-01, so months begin on the 1st and
    /// quarters in January, April, July and October.
    /// </param>
    /// <exception cref="ArgumentException">The machine knows no time zone of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or above all months of the
    /// calendar.</exception>
    /// <example><inheritdoc cref="Months(TimeZoneInfo, int, DateOnly?)" path="/example/node()"/></example>
    public static WindowAssigner Months(string zone, int count = 1, DateOnly? anchor = null) =>
        Months(ZoneOf(zone), count, anchor);

    /// <summary>Windows of whole years.</summary>
    /// <param name="zone">The time zone in which years begin.</param>
    /// <param name="count">How many years a window has, from 1. Default: 1.</param>
    /// <param name="anchor">
    /// A day on which a window begins, such as the first one of a financial year; the others are counted from it, also
    /// backwards. Null: 1970-01-01.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or above all years of the
    /// calendar.</exception>
    /// <example><code>
    /// .Window(CalendarWindows.Years("Europe/London", anchor: new DateOnly(2000, 4, 6)))
    /// </code></example>
    public static WindowAssigner Years(TimeZoneInfo zone, int count = 1, DateOnly? anchor = null)
    {
        Check(zone, count, MostMonths / MonthsPerYear);
        return new CalendarAssigner(zone, new MonthPeriods(anchor ?? s_epoch, count * MonthsPerYear));
    }

    /// <summary>Windows of whole years.</summary>
    /// <param name="zone">The name of the time zone in which years begin, such as "Europe/Paris".</param>
    /// <param name="count">How many years a window has, from 1. Default: 1.</param>
    /// <param name="anchor">
    /// A day on which a window begins, such as the first one of a financial year; the others are counted from it, also
    /// backwards. Null: 1970-01-01.
    /// </param>
    /// <exception cref="ArgumentException">The machine knows no time zone of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or above all years of the
    /// calendar.</exception>
    /// <example><inheritdoc cref="Years(TimeZoneInfo, int, DateOnly?)" path="/example/node()"/></example>
    public static WindowAssigner Years(string zone, int count = 1, DateOnly? anchor = null) =>
        Years(ZoneOf(zone), count, anchor);

    private static void Check(TimeZoneInfo zone, int count, int most)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, most);
    }

    private static TimeZoneInfo ZoneOf(string zone)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(zone);
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(zone);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new ArgumentException(
                $"This machine knows no time zone '{zone}': use a name of the IANA database such as \"Europe/Paris\" "
                + "(a container may lack the database: install the package tzdata), or make a TimeZoneInfo.",
                nameof(zone),
                exception);
        }
    }
}
