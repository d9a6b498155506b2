using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <content>One picture for each kind of window.</content>
internal static partial class Pictures
{
    private static readonly Axis Hours =
        new(TimeSpan.FromHours(1), "h", 12, new DateTimeOffset(2026, 3, 28, 0, 0, 0, TimeSpan.Zero));

    private static Dictionary<string, Func<Timeline>> OfWindows => new()
    {
        ["tumbling"] = static () => Timeline.WithLate(
            "Tumbling windows of 10 s: Count()",
            "a2 b4 a7 a12 b9 W10 a18 b15 b6 a23 W20 END",
            static s => (
                s.Window(TimeWindows.Tumbling(Seconds(10))).SideOutputLate(out DataStream<Late<Reading>> late).Count(),
                late)),
        ["hopping"] = static () => Timeline.Of(
            "Hopping windows of 10 s every 5 s: Count()",
            "a2 a4 a7 W5 a12 W10 a13 a18 W15 END",
            static s => s.Window(TimeWindows.Hopping(size: Seconds(10), every: Seconds(5))).Count()),
        ["cumulative"] = static () => Timeline.Of(
            "Cumulative windows of up to 20 s in steps of 5 s: Count()",
            "a2 a4 W5 a7 W10 W15 a18 W20",
            static s => s.Window(TimeWindows.Cumulative(size: Seconds(20), step: Seconds(5))).Count()),
        ["calendar"] = static () => Timeline.Of(
            "Days in Paris: Count(). 0 h is midnight in UTC of 28 March 2026; the second day has 23 hours",
            "a3 a10 a21 a24 W23 a40 W46 a47 a60 END",
            static s => s.Window(CalendarWindows.Days("Europe/Paris")).Count(),
            Hours),
        ["session"] = static () => Timeline.Of(
            "Sessions with a gap of 5 s: Count()",
            "a1 a3 b2 a6 a14 b9 W12 a16 W22 END",
            static s => s.Window(TimeWindows.Session(Seconds(5))).Count()),
        ["session-own-gap"] = static () => Timeline.Of(
            "Sessions: the gap is 3 s after a violet record and 8 s after any other: Count()",
            "a1 a7* b2* b6 b11* W15 END",
            static s => s.Window(TimeWindows.Session((Reading r) => Seconds(r.IsMarked ? 3 : 8))).Count()),
        ["session-capped"] = static () => Timeline.Of(
            "Sessions with a gap of 5 s, of 10 s at most, and ended by a violet record: Count()",
            "a1 a4 a8 a12 b3 b5* b7 W16 a15 END",
            static s => s.Window(TimeWindows.Session(Seconds(5))
                .MaxDuration(Seconds(10)).EndsOn((Reading r) => r.IsMarked)).Count()),
        ["global"] = static () => Timeline.Of(
            "The global window: Count() at the end of the stream",
            "a2 b4 a7 a12 b9 a18 END",
            static s => s.Window(TimeWindows.Global()).Count()),
        ["count"] = static () => Timeline.Of(
            "Sliding count windows, the last 4 records after every 2: Count()",
            "a2 a5 a3 a8 a12 a10 b4 a14 a17 END",
            static s => s.Window(CountWindows.Sliding(size: 4, every: 2)).Count()),
        ["count-tumbling"] = static () => Timeline.Of(
            "Tumbling count windows of 3 records: Count()",
            "a2 a5 b4 a3 a8 b9 a12 a10 b7 a14 END",
            static s => s.Window(CountWindows.Tumbling(3)).Count()),
        ["look-back"] = static () => Timeline.Of(
            "Look-back of 10 s: Count() of the 10 s up to each record",
            "a2 a9 a5 W6 a13 a17 W15 END",
            static s => s.Window(TimeWindows.LookBack(Seconds(10))).Count()),
        ["batches"] = static () => Timeline.ByTheClock(
            "Batches of at most 3 records, or after 5 s of processing time; the axis is the clock",
            "a1 a2 a4 a8 a11 a16 a17 END",
            static s => s.Batch(max: 3, within: Seconds(5)),
            static (list, after, clock) => new Bar(
                after,
                list[0].At,
                Math.Max(clock, list[^1].At),
                $"list of {list.Count}",
                new Pane(PaneTiming.OnTime, 0))),
        ["processing-time"] = static () => Timeline.ByTheClock(
            "Tumbling windows of 10 s in processing time: Count(); the axis is the clock",
            "a2 b4 a7 a12 b19 P3 a24 END",
            static s => s.KeyBy(r => r.Key).Window(TimeWindows.Tumbling(Seconds(10)).InProcessingTime()).Count(),
            static (result, after, _) => Bar.Of(result, Axis.Seconds, after)),
        ["custom"] = static () => Timeline.Of(
            "An assigner of one's own: 5 s for violet records, 20 s for all others: Count()",
            "a2 a3* a8 a7* W5 a12 a13* W15 a17 W20 END",
            static s => s.Window(TimeWindows.Custom(new ByMark())).Count()),
    };
}
