namespace StreamKit.Pictures.Tests;

/// <summary>Every timeline of the documentation by the name of its file.</summary>
internal static class Pictures
{
    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    public static IReadOnlyDictionary<string, Func<Timeline>> All { get; } = new Dictionary<string, Func<Timeline>>
    {
        ["tumbling"] = static () => Timeline.Of(
            "Tumbling windows of 10 s: Count()",
            "a2 b4 a7 a12 b9 W10 a18 b15 a23 W20 END",
            static s => s.Window(TimeWindows.Tumbling(Seconds(10))).Count()),
        ["hopping"] = static () => Timeline.Of(
            "Hopping windows of 10 s every 5 s: Count()",
            "a2 a4 a7 W5 a12 W10 a13 a18 W15 END",
            static s => s.Window(TimeWindows.Hopping(size: Seconds(10), every: Seconds(5))).Count()),
        ["session"] = static () => Timeline.Of(
            "Sessions with a gap of 5 s: Count()",
            "a1 a3 b2 a6 a14 b9 W12 a16 W22 END",
            static s => s.Window(TimeWindows.Session(Seconds(5))).Count()),
        ["global"] = static () => Timeline.Of(
            "The global window: Count() at the end of the stream",
            "a2 b4 a7 a12 b9 a18 END",
            static s => s.Window(TimeWindows.Global()).Count()),
    };
}
