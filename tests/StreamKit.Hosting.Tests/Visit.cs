using StreamKit.Time;

namespace StreamKit.Hosting.Tests;

/// <summary>A record of the tests: a page at a second of event time.</summary>
internal readonly record struct Visit(int Second, string Page)
{
    public static Timestamp TimeOf(Visit visit) => Timestamp.FromUnixTimeSeconds(visit.Second);
}
