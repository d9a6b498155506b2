using System.Globalization;
using StreamKit.Tests.Oracle;
using StreamKit.Tests.Windowing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance;

/// <summary>
/// SEMANTICS 6.6: the days, weeks, months and years of a zone; the instants were worked out from its rules.
/// </summary>
public class Section06Calendar
{
    [Theory]
    [Vector("6.6", "a day in summer", "1 day",
        "Europe/Berlin", "2025-07-01T00:00Z", "2025-06-30T22:00Z", "2025-07-01T22:00Z")]
    [Vector("6.6", "a day of 23 hours", "1 day",
        "Europe/Berlin", "2025-03-30T12:00Z", "2025-03-29T23:00Z", "2025-03-30T22:00Z")]
    [Vector("6.6", "a day of 25 hours", "1 day",
        "Europe/Berlin", "2025-10-26T12:00Z", "2025-10-25T22:00Z", "2025-10-26T23:00Z")]
    [Vector("6.6", "a second before midnight", "1 day",
        "Europe/Berlin", "2025-03-29T22:59:59Z", "2025-03-28T23:00Z", "2025-03-29T23:00Z")]
    [Vector("6.6", "midnight", "1 day", "Europe/Berlin", "2025-03-29T23:00Z", "2025-03-29T23:00Z", "2025-03-30T22:00Z")]
    [Vector("6.6", "a day of 23 hours west of Greenwich", "1 day",
        "America/New_York", "2025-03-09T12:00Z", "2025-03-09T05:00Z", "2025-03-10T04:00Z")]
    [Vector("6.6", "a day of 25 hours west of Greenwich", "1 day",
        "America/New_York", "2025-11-02T12:00Z", "2025-11-02T04:00Z", "2025-11-03T05:00Z")]
    [Vector("6.6", "half an hour more", "1 day",
        "Australia/Lord_Howe", "2025-04-06T02:00Z", "2025-04-05T13:00Z", "2025-04-06T13:30Z")]
    [Vector("6.6", "half an hour less", "1 day",
        "Australia/Lord_Howe", "2025-10-05T02:00Z", "2025-10-04T13:30Z", "2025-10-05T13:00Z")]
    [Vector("6.6", "no midnight in Sao Paulo", "1 day",
        "America/Sao_Paulo", "2017-10-15T12:00Z", "2017-10-15T03:00Z", "2017-10-16T02:00Z")]
    [Vector("6.6", "no midnight in Cairo", "1 day",
        "Africa/Cairo", "2025-04-25T12:00Z", "2025-04-24T22:00Z", "2025-04-25T21:00Z")]
    [Vector("6.6", "no midnight in Beirut", "1 day",
        "Asia/Beirut", "2024-03-31T12:00Z", "2024-03-30T22:00Z", "2024-03-31T21:00Z")]
    [Vector("6.6", "two midnights", "1 day",
        "America/Havana", "2025-11-02T12:00Z", "2025-11-02T04:00Z", "2025-11-03T05:00Z")]
    [Vector("6.6", "the hour between two midnights", "1 day",
        "America/Havana", "2025-11-02T04:30Z", "2025-11-02T04:00Z", "2025-11-03T05:00Z")]
    [Vector("6.6", "the second midnight", "1 day",
        "America/Havana", "2025-11-02T05:00Z", "2025-11-02T04:00Z", "2025-11-03T05:00Z")]
    [Vector("6.6", "a minute after midnight back to the day before", "1 day",
        "America/St_Johns", "2010-11-07T03:00Z", "2010-11-07T02:30Z", "2010-11-08T03:30Z")]
    [Vector("6.6", "the day before a skipped one", "1 day",
        "Pacific/Apia", "2011-12-29T12:00Z", "2011-12-29T10:00Z", "2011-12-30T10:00Z")]
    [Vector("6.6", "the day behind a skipped one", "1 day",
        "Pacific/Apia", "2011-12-30T12:00Z", "2011-12-30T10:00Z", "2011-12-31T10:00Z")]
    [Vector("6.6", "a quarter of an hour from full hours", "1 day",
        "Asia/Kathmandu", "2025-01-01T00:00Z", "2024-12-31T18:15Z", "2025-01-01T18:15Z")]
    public void ADayIsWhatTheZoneShows(string windows, string zone, string at, string start, string end) =>
        Check(windows, zone, at, start, end);

    [Theory]
    [Vector("6.6", "a day before 1970", "1 day", "UTC", "1969-12-31T12:00Z", "1969-12-31T00:00Z", "1970-01-01T00:00Z")]
    [Vector("6.6", "a leap day", "1 day", "UTC", "2024-02-29T12:00Z", "2024-02-29T00:00Z", "2024-03-01T00:00Z")]
    [Vector("6.6", "a week of 167 hours", "1 Monday week",
        "Europe/Berlin", "2025-03-30T12:00Z", "2025-03-23T23:00Z", "2025-03-30T22:00Z")]
    [Vector("6.6", "a week that begins on the day of the change", "1 Sunday week",
        "America/New_York", "2025-11-05T12:00Z", "2025-11-02T04:00Z", "2025-11-09T05:00Z")]
    [Vector("6.6", "a month with a change", "1 month",
        "Europe/Berlin", "2025-03-15T12:00Z", "2025-02-28T23:00Z", "2025-03-31T22:00Z")]
    [Vector("6.6", "a short month", "1 month", "UTC", "2023-02-28T23:59Z", "2023-02-01T00:00Z", "2023-03-01T00:00Z")]
    [Vector("6.6", "the last month of a year", "1 month",
        "UTC", "2023-12-31T23:59Z", "2023-12-01T00:00Z", "2024-01-01T00:00Z")]
    [Vector("6.6", "a quarter", "3 month",
        "Europe/Berlin", "2025-05-15T12:00Z", "2025-03-31T22:00Z", "2025-06-30T22:00Z")]
    [Vector("6.6", "a leap year", "1 year",
        "Europe/Berlin", "2024-06-01T12:00Z", "2023-12-31T23:00Z", "2024-12-31T23:00Z")]
    [Vector("6.6", "days from an anchor", "3 day 2024-01-10",
        "UTC", "2024-01-10T00:00Z", "2024-01-10T00:00Z", "2024-01-13T00:00Z")]
    [Vector("6.6", "days before an anchor", "3 day 2024-01-10",
        "UTC", "2024-01-09T12:00Z", "2024-01-07T00:00Z", "2024-01-10T00:00Z")]
    [Vector("6.6", "days far before an anchor", "3 day 2024-01-10",
        "UTC", "2024-01-06T23:59Z", "2024-01-04T00:00Z", "2024-01-07T00:00Z")]
    [Vector("6.6", "weeks before an anchor", "2 Monday week 2024-01-01",
        "UTC", "2023-12-31T12:00Z", "2023-12-18T00:00Z", "2024-01-01T00:00Z")]
    [Vector("6.6", "months before an anchor", "5 month 2024-01-01",
        "UTC", "2023-12-15T12:00Z", "2023-08-01T00:00Z", "2024-01-01T00:00Z")]
    [Vector("6.6", "years before an anchor", "4 year 2024-01-01",
        "UTC", "2023-12-31T12:00Z", "2020-01-01T00:00Z", "2024-01-01T00:00Z")]
    [Vector("18.2", "calendar days before the anchor", "10 day 2024-01-10",
        "UTC", "2024-01-09T00:00Z", "2023-12-31T00:00Z", "2024-01-10T00:00Z")]
    public void LongerWindowsAreWholeDays(string windows, string zone, string at, string start, string end) =>
        Check(windows, zone, at, start, end);

    private static void Check(string windows, string zone, string at, string start, string end)
    {
        WindowAssigner assigner = Parse(windows, zone);
        var expected = new OracleWindow(Instant(start), Instant(end));
        Assert.All(
            [Instant(at), expected.Start, expected.End - 1],
            instant => Assert.Equal([expected], Assigned.WindowsOf(assigner, instant)));
    }

    // "3 month", "2 Monday week 2024-01-01": how many, of what, from which day.
    private static WindowAssigner Parse(string windows, string zone)
    {
        string[] words = windows.Split(' ');
        int count = int.Parse(words[0], CultureInfo.InvariantCulture);
        DateOnly? anchor = words[^1].Contains('-', StringComparison.Ordinal)
            ? DateOnly.Parse(words[^1], CultureInfo.InvariantCulture)
            : null;
        return words[1] switch
        {
            "day" => CalendarWindows.Days(zone, count, anchor),
            "month" => CalendarWindows.Months(zone, count, anchor),
            "year" => CalendarWindows.Years(zone, count, anchor),
            var day => CalendarWindows.Weeks(zone, Enum.Parse<DayOfWeek>(day), count, anchor),
        };
    }

    private static long Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).Ticks - DateTimeOffset.UnixEpoch.Ticks;
}
