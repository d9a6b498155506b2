using System.Globalization;
using StreamKit.Testing;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Windowing;

/// <summary>Days whose bounds were worked out by hand from the zones' histories.</summary>
public class CalendarWindowsTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2024-06-15T12:00Z", "2024-06-14T22:00Z", "2024-06-15T22:00Z")]
    [InlineData("Europe/Berlin", "2024-03-31T12:00Z", "2024-03-30T23:00Z", "2024-03-31T22:00Z")] // 23 hours
    [InlineData("Europe/Berlin", "2024-10-27T12:00Z", "2024-10-26T22:00Z", "2024-10-27T23:00Z")] // 25 hours
    [InlineData("America/New_York", "2024-03-10T12:00Z", "2024-03-10T05:00Z", "2024-03-11T04:00Z")]
    [InlineData("America/New_York", "2024-11-03T12:00Z", "2024-11-03T04:00Z", "2024-11-04T05:00Z")]
    [InlineData("America/New_York", "2024-11-03T03:59Z", "2024-11-02T04:00Z", "2024-11-03T04:00Z")]
    [InlineData("UTC", "2024-02-29T00:00Z", "2024-02-29T00:00Z", "2024-03-01T00:00Z")]
    [InlineData("UTC", "1969-12-31T23:59Z", "1969-12-31T00:00Z", "1970-01-01T00:00Z")]
    [InlineData("Europe/Berlin", "1945-01-01T12:00Z", "1944-12-31T23:00Z", "1945-01-01T23:00Z")]
    public void ADayRunsFromMidnightToMidnight(string zone, string at, string start, string end) =>
        AssertWindow(CalendarWindows.Days(zone), at, start, end);

    [Theory]

    // Clocks go from 00:00 to 01:00: the day begins at 01:00, at the same instant at which midnight would have been.
    [InlineData("America/Sao_Paulo", "2018-11-04T12:00Z", "2018-11-04T03:00Z", "2018-11-05T02:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04T02:59Z", "2018-11-03T03:00Z", "2018-11-04T03:00Z")]
    [InlineData("Asia/Beirut", "2022-03-27T12:00Z", "2022-03-26T22:00Z", "2022-03-27T21:00Z")]
    [InlineData("Africa/Cairo", "2024-04-26T12:00Z", "2024-04-25T22:00Z", "2024-04-26T21:00Z")]
    [InlineData("America/Havana", "2024-03-10T12:00Z", "2024-03-10T05:00Z", "2024-03-11T04:00Z")]

    // A gap of a quarter of an hour: 1986 began in Nepal at 00:15.
    [InlineData("Asia/Kathmandu", "1986-01-01T12:00Z", "1985-12-31T18:30Z", "1986-01-01T18:15Z")]

    // A gap of half a minute, away from local mean time: the reason why bounds are seconds and not minutes.
    [InlineData("Europe/Amsterdam", "1937-07-01T12:00Z", "1937-06-30T22:40:28Z", "1937-07-01T22:40Z")]
    [InlineData("Asia/Kathmandu", "2024-01-01T12:00Z", "2023-12-31T18:15Z", "2024-01-01T18:15Z")]
    public void AMidnightThatDoesNotExistIsTheFirstInstantAfterTheGap(
        string zone, string at, string start, string end) => AssertWindow(CalendarWindows.Days(zone), at, start, end);

    [Theory]

    // Clocks go from 01:00 back to 00:00: the first of two midnights counts.
    [InlineData("America/Havana", "2024-11-03T12:00Z", "2024-11-03T04:00Z", "2024-11-04T05:00Z")]

    // From 00:01 back to 23:01: between the two midnights lies an hour that shows the date of the day before.
    [InlineData("America/St_Johns", "2006-10-29T12:00Z", "2006-10-29T02:30Z", "2006-10-30T03:30Z")]
    [InlineData("America/St_Johns", "2006-10-29T03:00Z", "2006-10-29T02:30Z", "2006-10-30T03:30Z")]

    // From 00:00 back to 23:00: midnight comes once only, an hour later, and the day before has 25 hours.
    [InlineData("America/Sao_Paulo", "2018-02-17T12:00Z", "2018-02-17T02:00Z", "2018-02-18T03:00Z")]
    [InlineData("Asia/Beirut", "2022-10-29T12:00Z", "2022-10-28T21:00Z", "2022-10-29T22:00Z")]
    public void OfTwoMidnightsTheEarlierOneCounts(string zone, string at, string start, string end) =>
        AssertWindow(CalendarWindows.Days(zone), at, start, end);

    [Theory]
    [InlineData("2024-10-06T02:00Z", "2024-10-05T13:30Z", "2024-10-06T13:00Z", 23.5)]
    [InlineData("2024-04-07T02:00Z", "2024-04-06T13:00Z", "2024-04-07T13:30Z", 24.5)]
    public void OnLordHoweADayDiffersByHalfAnHour(string at, string start, string end, double hours)
    {
        AssertWindow(CalendarWindows.Days("Australia/Lord_Howe"), at, start, end);
        Assert.Equal(TimeSpan.FromHours(hours).Ticks, Ticks(end) - Ticks(start));
    }

    [Theory]
    [InlineData("2011-12-30T09:59Z", "2011-12-29T10:00Z", "2011-12-30T10:00Z")] // The 29th.
    [InlineData("2011-12-30T10:00Z", "2011-12-30T10:00Z", "2011-12-31T10:00Z")] // The 31st.
    public void ADayThatSamoaSkippedHasNoWindow(string at, string start, string end) =>
        AssertWindow(CalendarWindows.Days("Pacific/Apia"), at, start, end);

    [Fact]
    public void SeveralDaysWithASkippedOneAreShorter() => AssertWindow(
        CalendarWindows.Days("Pacific/Apia", 3, new DateOnly(2011, 12, 29)),
        "2011-12-30T10:00Z",
        "2011-12-29T10:00Z",
        "2011-12-31T10:00Z");

    [Theory]
    [InlineData("2024-01-10T00:00Z", "2024-01-10T00:00Z", "2024-01-13T00:00Z")]
    [InlineData("2024-01-09T23:59Z", "2024-01-07T00:00Z", "2024-01-10T00:00Z")] // Before the anchor: floor, not zero.
    [InlineData("2024-01-07T00:00Z", "2024-01-07T00:00Z", "2024-01-10T00:00Z")]
    [InlineData("2024-01-06T23:59Z", "2024-01-04T00:00Z", "2024-01-07T00:00Z")]
    [InlineData("1969-12-31T12:00Z", "1969-12-30T00:00Z", "1970-01-02T00:00Z")]
    public void GroupsOfDaysAreCountedFromTheAnchorAlsoBackwards(string at, string start, string end) =>
        AssertWindow(CalendarWindows.Days("UTC", 3, new DateOnly(2024, 1, 10)), at, start, end);

    [Theory]
    [InlineData(DayOfWeek.Monday, "2024-03-27T12:00Z", "2024-03-24T23:00Z", "2024-03-31T22:00Z")] // 167 hours
    [InlineData(DayOfWeek.Sunday, "2024-03-27T12:00Z", "2024-03-23T23:00Z", "2024-03-30T23:00Z")]
    [InlineData(DayOfWeek.Monday, "2024-10-27T22:59Z", "2024-10-20T22:00Z", "2024-10-27T23:00Z")] // 169 hours
    public void AWeekBeginsOnItsFirstDay(DayOfWeek first, string at, string start, string end) =>
        AssertWindow(CalendarWindows.Weeks("Europe/Berlin", first), at, start, end);

    [Fact]
    public void PairsOfWeeksAreCountedFromTheWeekOfTheAnchor()
    {
        // 2024-01-04 is a Thursday; its week began on Monday the 1st.
        WindowAssigner weeks = CalendarWindows.Weeks("UTC", count: 2, anchor: new DateOnly(2024, 1, 4));
        AssertWindow(weeks, "2024-01-14T23:59Z", "2024-01-01T00:00Z", "2024-01-15T00:00Z");
        AssertWindow(weeks, "2023-12-31T23:59Z", "2023-12-18T00:00Z", "2024-01-01T00:00Z");
    }

    [Fact]
    public void MonthsQuartersAndYearsBeginOnTheFirst()
    {
        AssertWindow(
            CalendarWindows.Months("Europe/Paris"), "2024-02-29T22:59Z", "2024-01-31T23:00Z", "2024-02-29T23:00Z");
        AssertWindow(
            CalendarWindows.Months("Europe/Paris", 3), "2024-05-05T00:00Z", "2024-03-31T22:00Z", "2024-06-30T22:00Z");
        AssertWindow(
            CalendarWindows.Months("UTC", 3), "1969-11-05T00:00Z", "1969-10-01T00:00Z", "1970-01-01T00:00Z");
        AssertWindow(CalendarWindows.Years("UTC"), "1969-07-20T20:17Z", "1969-01-01T00:00Z", "1970-01-01T00:00Z");
    }

    [Fact]
    public void MonthsMayBeginOnAnyDayAndOnTheLastOneWhereTheyLackIt()
    {
        WindowAssigner months = CalendarWindows.Months("UTC", anchor: new DateOnly(2024, 1, 31));
        AssertWindow(months, "2024-02-15T00:00Z", "2024-01-31T00:00Z", "2024-02-29T00:00Z");
        AssertWindow(months, "2024-02-29T00:00Z", "2024-02-29T00:00Z", "2024-03-31T00:00Z");
        AssertWindow(months, "2023-02-28T00:00Z", "2023-02-28T00:00Z", "2023-03-31T00:00Z");
        AssertWindow(
            CalendarWindows.Years("Europe/London", anchor: new DateOnly(2000, 4, 6)),
            "2024-04-05T22:59Z",
            "2023-04-05T23:00Z",
            "2024-04-05T23:00Z");
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Pacific/Apia")]
    [InlineData("America/New_York")]
    public void BeyondTheCalendarThereIsOneWindowAtEachEnd(string zone)
    {
        foreach (WindowAssigner windows in (WindowAssigner[])
            [CalendarWindows.Days(zone), CalendarWindows.Weeks(zone), CalendarWindows.Months(zone, 5)])
        {
            OracleWindow first = Assert.Single(Assigned.WindowsOf(windows, long.MinValue + 1));
            Assert.Equal(long.MinValue, first.Start);
            Assert.Equal(first, Assert.Single(Assigned.WindowsOf(windows, first.End - 1)));
            Assert.True(new Timestamp(first.End) < Timestamp.FromDateTime(Utc(2, 1, 1)), "the first years are whole");

            OracleWindow last = Assert.Single(Assigned.WindowsOf(windows, long.MaxValue - 1));
            Assert.Equal(long.MaxValue, last.End);
            Assert.Equal(last, Assert.Single(Assigned.WindowsOf(windows, last.Start)));
            Assert.True(new Timestamp(last.Start) > Timestamp.FromDateTime(Utc(9999, 1, 1)), "the last ones too");
        }
    }

    [Fact]
    public void TheFirstAndTheLastWholeDaysOfTheCalendarAreDays()
    {
        WindowAssigner days = CalendarWindows.Days("UTC");
        AssertWindow(days, "0001-01-01T12:00Z", "0001-01-01T00:00Z", "0001-01-02T00:00Z");
        AssertWindow(days, "9999-12-30T12:00Z", "9999-12-30T00:00Z", "9999-12-31T00:00Z");
    }

    [Fact]
    public void AZoneOfOnesOwnIsTakenAndItsBoundsAreWholeSeconds()
    {
        // On the first of June clocks go from 30 milliseconds before midnight to almost five past.
        var summer = TimeZoneInfo.TransitionTime.CreateFixedDateRule(
            DateTime.MinValue.AddDays(1).AddMilliseconds(-30), 6, 1);
        var winter = TimeZoneInfo.TransitionTime.CreateFixedDateRule(DateTime.MinValue.AddHours(2), 9, 1);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromMinutes(5), summer, winter);
        var zone = TimeZoneInfo.CreateCustomTimeZone("Own", TimeSpan.FromHours(1), "Own", "Own", "Own", [rule]);

        WindowAssigner days = CalendarWindows.Days(zone);
        AssertWindow(days, "1990-06-01T12:00Z", "1990-05-31T23:00Z", "1990-06-01T23:00Z");
        AssertWindow(days, "1990-06-02T12:00Z", "1990-06-01T23:00Z", "1990-06-02T22:55Z");
    }

    [Fact]
    public void AnUnknownZoneIsToldByItsName()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CalendarWindows.Days("Europe/Atlantis"));
        Assert.Equal("zone", error.ParamName);
        Assert.Contains("'Europe/Atlantis'", error.Message, StringComparison.Ordinal);
        Assert.Contains("IANA", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CalendarWindows.Weeks(" "));
        Assert.Throws<ArgumentNullException>(() => CalendarWindows.Months((TimeZoneInfo)null!));
        Assert.Throws<ArgumentNullException>(() => CalendarWindows.Years((string)null!));
    }

    [Fact]
    public void CountsAndDaysOfTheWeekAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarWindows.Days("UTC", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarWindows.Days("UTC", 3_652_060));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarWindows.Weeks("UTC", count: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarWindows.Weeks("UTC", (DayOfWeek)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarWindows.Months("UTC", 120_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarWindows.Years("UTC", 10_001));
        AssertWindow(
            CalendarWindows.Weeks("UTC", DayOfWeek.Tuesday, 2, DateOnly.MinValue),
            "0001-01-09T00:00Z",
            "0001-01-09T00:00Z",
            "0001-01-23T00:00Z");
    }

    [Fact]
    public void InUtcWatermarksMatterAtMidnightOnlyElsewhereAtWholeSeconds()
    {
        Assert.Equal(TimeSpan.TicksPerDay, CalendarWindows.Months("Etc/UTC").GranularityTicks);
        Assert.Equal(TimeSpan.TicksPerSecond, CalendarWindows.Days("Europe/Paris").GranularityTicks);
    }

    [Fact]
    public void SalesAreCountedPerLocalDay()
    {
        using var test = StreamTest.For(
            (DataStream<(string Shop, DateTimeOffset At)> sales) => sales
                .WithEventTime(static s => s.At, Watermarks.Monotonic())
                .KeyBy(static s => s.Shop)
                .Window(CalendarWindows.Days("Europe/Paris"))
                .Count(),
            new StreamTestOptions { GenerateWatermarks = true });
        test.Push(("a", At("2024-03-30T23:00Z"))).Push(("a", At("2024-03-31T21:59Z")));
        test.Push(("a", At("2024-03-31T22:00Z")));
        test.End().ExpectNoState();
        Assert.Equal(
            [("2024-03-30T23:00Z", 2L), ("2024-03-31T22:00Z", 1L)],
            test.Outputs.Select(static w => (
                w.Window.Start.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture), w.Value)));
    }

    private static void AssertWindow(WindowAssigner windows, string at, string start, string end) => Assert.Equal(
        new OracleWindow(Ticks(start), Ticks(end)), Assert.Single(Assigned.WindowsOf(windows, Ticks(at))));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);

    private static long Ticks(string text) => ((Timestamp)At(text)).Ticks;
}
