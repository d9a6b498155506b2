namespace StreamKit.Pictures.Tests;

/// <content>One picture for each trigger.</content>
internal static partial class Pictures
{
    private static Dictionary<string, Func<Timeline>> OfTriggers => new()
    {
        ["trigger-on-close"] = static () => Timeline.Of(
            "EmitOnClose(), the default: windows of 10 s, allowed lateness 5 s",
            "a2 b4 a7 W8 b6 W10 a5 END",
            static s => Ten(s).EmitOnClose().Count()),
        ["trigger-every-processing-time"] = static () => Timeline.Of(
            "Early(every: 2 s) of processing time: windows of 10 s",
            "a2 b4 P2 P2 a7 a12 P2 W10 END",
            static s => Ten(s).Early(Seconds(2)).Count()),
        ["trigger-every-event-time"] = static () => Timeline.Of(
            "Early(Triggers.EveryEventTime(5 s)): windows of 20 s",
            "W0 a2 a4 W4 W5 a8 a3 W10 W15 a17 W20 END",
            static s => s.Window(TimeWindows.Tumbling(Seconds(20)))
                .Early(Triggers.EveryEventTime(Seconds(5))).Count()),
        ["trigger-every-records"] = static () => Timeline.Of(
            "Early(Triggers.EveryRecords(2)): windows of 10 s",
            "a2 b4 a5 a7 b6 a8 a9 W10 END",
            static s => Ten(s).Early(Triggers.EveryRecords(2)).Count()),
        ["trigger-every-record"] = static () => Timeline.Of(
            "Early(Triggers.EveryRecord()): windows of 10 s",
            "a2 b4 a7 W10 a12 END",
            static s => Ten(s).Early(Triggers.EveryRecord()).Count()),
        ["trigger-on-update"] = static () => Timeline.Of(
            "EmitOnUpdate(throttle: 2 s): windows of 10 s, allowed lateness 5 s",
            "a2 a4 a6 P2 P2 a8 W10 a5 END",
            static s => Ten(s).EmitOnUpdate(throttle: Seconds(2)).Count()),
        ["trigger-late-record"] = static () => Timeline.WithLate(
            "Late(Triggers.EveryRecord()), the default: windows of 10 s, allowed lateness 5 s",
            "a2 a4 W10 a7 a5 W15 a8 END",
            static s => (Ten(s).SideOutputLate(out var late).Late(Triggers.EveryRecord()).Count(), late)),
        ["trigger-late-delayed"] = static () => Timeline.Of(
            "Late(Triggers.EveryProcessingTime(2 s)): windows of 10 s, allowed lateness 5 s",
            "a2 a4 W10 a7 a5 P2 a8 W15 END",
            static s => Ten(s).Late(Triggers.EveryProcessingTime(Seconds(2))).Count()),
        ["trigger-never"] = static () => Timeline.Of(
            "Late(Triggers.Never()): windows of 10 s, allowed lateness 5 s",
            "a2 a4 W10 a7 a5 W12 a8 W15 END",
            static s => Ten(s).Late(Triggers.Never()).Count()),
        ["trigger-custom"] = static () => Timeline.Of(
            "A trigger of one's own, which fires at each violet record: windows of 10 s",
            "a2 a4* a5 a7* a8 W10 END",
            static s => Ten(s).Early(new AtMarked()).Count()),
    };

    private static WindowedStream<string, Reading> Ten(KeyedStream<string, Reading> keyed) =>
        keyed.Window(TimeWindows.Tumbling(Seconds(10))).AllowLateness(Seconds(5));
}
