using StreamKit.Time;

namespace StreamKit.Tests.Runtime;

/// <summary>A record of the tests: a key at a second of event time.</summary>
internal readonly record struct At(int Second, string Key)
{
    public Timestamp Time => Timestamp.FromUnixTimeSeconds(Second);

    public static Timestamp TimeOf(At record) => record.Time;
}
