using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>Every timeline of the documentation by the name of its file.</summary>
internal static partial class Pictures
{
    public static IReadOnlyDictionary<string, Func<Timeline>> All { get; } =
        new[] { OfWindows, OfTriggers, OfExplanations }
        .SelectMany(static room => room)
        .ToDictionary(static picture => picture.Key, static picture => picture.Value);

    private static Dictionary<string, Func<Timeline>> OfExplanations => new()
    {
        ["three-moments"] = static () => Timeline.WithLate(
            "A window of 10 s that takes late records for 5 s more: record 3 is behind, 4 is late, 5 is dropped",
            "a2 a8 W7 a5 W10 a3 W15 a6",
            static s => (
                s.Window(TimeWindows.Tumbling(Seconds(10))).AllowLateness(Seconds(5))
                    .SideOutputLate(out DataStream<Late<Reading>> late).Count(),
                late)),
    };

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
