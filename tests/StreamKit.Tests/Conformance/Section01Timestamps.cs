using System.Globalization;
using StreamKit.Tests.Conformance.Notation;
using StreamKit.Time;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 1: instants are ticks since 1970, of any sign, between two reserved ends.</summary>
public class Section01Timestamps
{
    private const long TicksPerDay = 864_000_000_000;

    [Theory]
    [Vector("1.1", "a millisecond is ten thousand ticks", 1, 10_000)]
    [Vector("1.1", "1970 is zero", 0, 0)]
    [Vector("1.1", "a millisecond before 1970 is negative", -1, -10_000)]
    [Vector("1.1", "a day is 864 thousand million ticks", 86_400_000, TicksPerDay)]
    public void MillisecondsBecomeTicks(long milliseconds, long ticks) =>
        Assert.Equal(ticks, Timestamp.FromUnixTimeMilliseconds(milliseconds).Ticks);

    [Theory]
    [Vector("1.2", "the epoch in UTC", "1970-01-01T00:00:00+00:00", 0)]
    [Vector("1.2", "the epoch two hours east", "1970-01-01T02:00:00+02:00", 0)]
    [Vector("1.2", "the epoch two hours west", "1969-12-31T22:00:00-02:00", 0)]
    [Vector("1.2", "an offset of five hours and three quarters", "1970-01-01T05:45:00+05:45", 0)]
    [Vector("1.2", "midnight one hour west is an hour later", "1970-01-01T00:00:00-01:00", 36_000_000_000)]
    [Vector("1.2", "one tick after the epoch", "1970-01-01T00:00:00.0000001+00:00", 1)]
    [Vector("1.2", "one tick before the epoch", "1969-12-31T23:59:59.9999999+00:00", -1)]
    [Vector("1.2", "a leap day is day 19,782", "2024-02-29T00:00:00+00:00", 19_782 * TicksPerDay)]
    [Vector("1.2", "a leap day, fourteen hours east", "2024-02-29T14:00:00+14:00", 19_782 * TicksPerDay)]
    [Vector("1.2", "the first instant of the calendar", "0001-01-01T00:00:00+00:00", -719_162 * TicksPerDay)]
    [Vector("1.2", "the last instant of the calendar",
        "9999-12-31T23:59:59.9999999+00:00", (2_932_897 * TicksPerDay) - 1)]
    public void ADateWithAnOffsetIsItsInstant(string date, long ticks) => Assert.Equal(
        ticks, ((Timestamp)DateTimeOffset.Parse(date, CultureInfo.InvariantCulture)).Ticks);

    [Theory]
    [Vector("1.2", "a date of kind UTC is an instant", DateTimeKind.Utc)]
    [Vector("1.2", "a date of kind local is an instant", DateTimeKind.Local)]
    public void ADateThatNamesAnInstantConverts(DateTimeKind kind)
    {
        var date = new DateTime(1970, 1, 2, 0, 0, 0, kind);
        Assert.Equal(date.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks, Timestamp.FromDateTime(date).Ticks);
    }

    [Theory]
    [Vector("1.2", "a date of kind unspecified is refused", DateTimeKind.Unspecified)]
    public void ADateThatNamesNoInstantIsRefused(DateTimeKind kind) =>
        Assert.Throws<ArgumentException>(() => Timestamp.FromDateTime(new DateTime(1970, 1, 2, 0, 0, 0, kind)));

    [Theory]
    [Vector("1.3", "a window that ends at zero", "tumbling(10) | a-1 W-1 . W0 a[-10,0)=1")]
    [Vector("1.3", "a window wholly before 1970", "tumbling(10) | a-15 W-11 . W-10 a[-20,-10)=1")]
    [Vector("1.3", "zero does not separate hopping windows", "hopping(10,5) | a-1 END a[-10,0)=1 a[-5,5)=1")]
    [Vector("1.3", "a session across zero", "session(5) | a-2 a2 END a[-2,7)=2")]
    [Vector("1.3", "a late record before 1970", "tumbling(10) | W-10 a-11 late:a-11[-20,-10)@-10")]
    [Vector("1.3", "a record at zero after a negative one", "tumbling(10) | a-1 a0 END a[-10,0)=1 a[0,10)=1")]
    [Vector("1.5", "the last window ends with event time", "tumbling(10) | aMAX-1 WMAX-1 . END a[MAX-7,MAX)=1!")]
    [Vector("1.5", "the first window begins with event time", "tumbling(10) | aMIN+1 END a[MIN,MIN+8)=1")]
    [Vector("1.5", "the first window ends where the second begins",
        "tumbling(10) | aMIN+7 aMIN+8 END a[MIN,MIN+8)=1 a[MIN+8,MIN+18)=1")]
    [Vector("1.5", "hopping windows at the end of event time",
        "hopping(10,5) | aMAX-1 END a[MAX-7,MAX)=1 a[MAX-2,MAX)=1")]
    [Vector("1.5", "hopping windows at the beginning of event time",
        "hopping(10,5) | aMIN+1 END a[MIN,MIN+3)=1 a[MIN,MIN+8)=1")]
    [Vector("1.5", "a session ends with event time at the latest", "session(5) | aMAX-6 aMAX-2 END a[MAX-6,MAX)=2")]
    [Vector("1.5", "sessions that touch at the end of event time",
        "session(1) | aMAX-2 aMAX-1 END a[MAX-2,MAX-1)=1 a[MAX-1,MAX)=1")]
    [Vector("1.5", "a session at the beginning of event time", "session(5) | aMIN+1 WMIN+6 a[MIN+1,MIN+6)=1")]
    [Vector("1.5", "lateness does not pass the end of event time",
        "tumbling(10) lateness(9223372036854775807) | a1 W10 a[0,10)=1~ WMAX-1 a2 a[0,10)=2@late~ END .")]
    [Vector("1.5", "an end before 1970 plus the longest lateness is an instant",
        "tumbling(10) lateness(9223372036854775807) | a-15 W-10 a[-20,-10)=1~ WMAX-11 a-14 a[-20,-10)=2@late"
        + " WMAX-10 EMPTY a-13 late:a-13[-20,-10)@MAX-10")]
    [Vector("1.5", "a window without bounds and the longest lateness",
        "global lateness(9223372036854775807) | a1 WMAX-1 . END a[MIN,MAX)=1!")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("1.4", "the reserved least value is no event time", "monotone", "MIN", "bad:MIN")]
    [Vector("1.4", "the reserved greatest value is no event time", "monotone", "MAX", "bad:MAX")]
    [Vector("1.4", "the least event time", "monotone", "MIN+1", "MIN+1 WMIN+1")]
    [Vector("1.4", "the greatest event time", "monotone", "MAX-1", "MAX-1 WMAX-1")]
    [Vector("1.4", "a bad record takes no neighbour with it", "monotone", "5,MAX,6,MIN", "5 6 W6 bad:MAX bad:MIN")]
    [Vector("1.5", "a bound does not pass the beginning", "bound(9223372036854775807)", "-10", "-10")]
    [Vector("1.5", "a bound just above the beginning", "bound(9223372036854775807)", "5", "5 WMIN+6")]
    public void TheStrategyMakesExactlyThis(string strategy, string input, string output) =>
        GeneratorScript.Check(strategy, input, output);
}
