using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Tests.Windowing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Windows by the calendar of real zones equal those that a look at the clock gives (SEMANTICS 6.6).</summary>
public class CalendarLaws
{
    private const long Hour = TimeSpan.TicksPerHour;

    private static readonly DateOnly s_epoch = new(1970, 1, 1);

    private static readonly string[] s_zones =
    [
        "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo",
        "Pacific/Apia", "Asia/Kathmandu", "UTC", "America/Havana", "America/St_Johns", "Pacific/Kwajalein",
        "Africa/Casablanca", "Asia/Manila", "America/Juneau", "Europe/Dublin", "Africa/Monrovia",
    ];

    private static Gen<CalendarCase> Calendars { get; } =
        from zone in Gen.Elements(s_zones)
        from kind in Gen.Choose(0, 2)
        from count in Gen.Choose(1, 4)
        from weekday in Gen.Elements(Enum.GetValues<DayOfWeek>())
        from anchor in Gen.Choose(-20_000, 20_000).Select(s_epoch.AddDays)
        select kind switch
        {
            0 => Days(zone, count, anchor),
            1 => Weeks(zone, count, weekday, anchor),
            _ => Months(zone, count, anchor),
        };

    // Anywhere from the times of local mean time to rules that repeat for ever; half of them close to a midnight.
    private static Gen<long> Instants { get; } =
        from day in Gen.OneOf(Gen.Choose(-44_000, 30_000), Gen.Choose(0, 25_000))
        from ticks in Gen.OneOf(
            Gen.Choose(0, 24 * 60 * 60).Select(second => second * TimeSpan.TicksPerSecond),
            from quarter in Gen.Choose(-60, 60)
            from off in Gen.Choose(-2, 1)
            select (quarter * 15 * TimeSpan.TicksPerMinute) + off)
        select (day * TimeSpan.TicksPerDay) + ticks;

    [Fact]
    public void TheWindowOfAnInstantIsTheOneThatTheClockOnTheWallShows() => Law.Holds(
        Arb.From(
            from calendar in Calendars
            from instant in Instants
            select (Calendar: calendar, Instant: instant)),
        one => Assert.Equal(
            one.Calendar.Oracle.WindowOf(one.Instant),
            Assert.Single(Assigned.WindowsOf(one.Calendar.Assigner, one.Instant))));

    [Fact]
    public void TheWindowDoesNotDependOnWhatWasAskedBefore() => Law.Holds(
        Arb.From(
            from calendar in Calendars
            from instants in Gen.ListOf(Instants)
            select (Calendar: calendar, Instants: instants)),
        many =>
        {
            foreach (long instant in many.Instants)
            {
                Assert.Equal(
                    Assigned.WindowsOf(many.Calendar.Again(), instant),
                    Assigned.WindowsOf(many.Calendar.Assigner, instant));
            }
        });

    [Fact]
    public void WindowsFollowEachOtherWithoutGapAndEveryBoundIsAMultipleOfTheGranularity() => Law.Holds(
        Arb.From(
            from calendar in Calendars
            from instant in Instants
            select (Calendar: calendar, Instant: instant)),
        one =>
        {
            OracleWindow window = Assert.Single(Assigned.WindowsOf(one.Calendar.Assigner, one.Instant));
            OracleWindow before = Assert.Single(Assigned.WindowsOf(one.Calendar.Assigner, window.Start - 1));
            OracleWindow after = Assert.Single(Assigned.WindowsOf(one.Calendar.Assigner, window.End));
            Assert.Equal((window.Start, window.End), (before.End, after.Start));
            Assert.Equal(window, Assert.Single(Assigned.WindowsOf(one.Calendar.Assigner, window.Start)));
            Assert.Equal(window, Assert.Single(Assigned.WindowsOf(one.Calendar.Assigner, window.End - 1)));
            Assert.Equal(0, window.End % one.Calendar.Assigner.GranularityTicks);
        });

    [Fact]
    public void EveryPaneOfAHastyStreamIsTheOraclesPane() => Law.Holds(
        Arb.From(
            from hasty in StreamArbitraries.HastyStreams().Generator
            from calendar in Calendars
            from start in Instants
            select (Stream: InHours(hasty.Case, calendar, start), Calendar: calendar)),
        one => WindowLaws.SaysWhatTheOracleSays(one.Stream, one.Calendar.Assigner));

    private static StreamCase InHours(StreamCase stream, CalendarCase calendar, long start) => stream with
    {
        // Times that lie far apart stay within a few years, because the oracle walks.
        Elements = [.. stream.Elements.Select(e => e with { Timestamp = start + (e.Timestamp % 5000 * 7 * Hour) })],
        Bound = stream.Bound * 7 * Hour,
        Lateness = stream.Lateness * 7 * Hour,
        Watermarks = [.. stream.Watermarks.Select(w => w with { LagTicks = w.LagTicks * 7 * Hour })],
        Shape = OracleShape.Given(ticks => [calendar.Oracle.WindowOf(ticks)]),
    };

    private static CalendarCase Days(string zone, int count, DateOnly anchor) => new(
        $"{count} days of {zone} from {anchor:O}",
        () => CalendarWindows.Days(zone, count, anchor),
        new OracleCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone), period => anchor.AddDays(period * count)));

    private static CalendarCase Weeks(string zone, int count, DayOfWeek weekday, DateOnly anchor)
    {
        DateOnly first = anchor;
        while (first.DayOfWeek != weekday)
        {
            first = first.AddDays(-1);
        }

        return new(
            $"{count} weeks of {zone} from {weekday} {first:O}",
            () => CalendarWindows.Weeks(zone, weekday, count, anchor),
            new OracleCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone), period => first.AddDays(period * count * 7)));
    }

    private static CalendarCase Months(string zone, int count, DateOnly anchor) => new(
        $"{count} months of {zone} from {anchor:O}",
        () => CalendarWindows.Months(zone, count, anchor),
        new OracleCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone), period => anchor.AddMonths(period * count)));

    private sealed class CalendarCase(string name, Func<WindowAssigner> make, OracleCalendar oracle)
    {
        public WindowAssigner Assigner { get; } = make();

        public OracleCalendar Oracle => oracle;

        public WindowAssigner Again() => make();

        public override string ToString() => name;
    }
}
