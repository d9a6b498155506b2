using System.Globalization;
using StreamKit.Time;

namespace StreamKit;

/// <summary>Says an explanation in words.</summary>
internal static class ExplanationText
{
    public static string Of(OperatorExplanation it) => $"{What(it)} {Why(it)}";

    // Two units are enough: 3 d 4 h, 2 min 10 s, 350 ms.
    public static string Duration(TimeSpan time)
    {
        (long Count, string Unit)[] units =
        [
            ((long)time.TotalDays, "d"), (time.Hours, "h"), (time.Minutes, "min"), (time.Seconds, "s"),
            (time.Milliseconds, "ms"),
        ];
        IEnumerable<string> parts = units
            .SkipWhile(static part => part.Count == 0)
            .Take(2)
            .Where(static part => part.Count > 0)
            .Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Unit}"));
        string text = string.Join(' ', parts);
        return text.Length > 0 ? text : "0 s";
    }

    private static string What(OperatorExplanation it)
    {
        string watermark = it.Watermark == Timestamp.MinValue
            ? "it has no watermark yet"
            : $"its watermark is {Time(it, it.Watermark)}";
        return (it.NextWindow, it.ClosesAt) switch
        {
            _ when it.Watermark == Timestamp.MaxValue => $"'{it.Operator}' has finished.",
            ({ } window, { } end) =>
                $"'{it.Operator}' waits: the window [{Time(it, window.StartTime)}, {Time(it, window.EndTime)}) "
                + $"closes at {Time(it, end)}; {watermark}{ToGo(it)}.",
            (null, { } end) =>
                $"'{it.Operator}' waits: a session closes at {Time(it, end)} at the earliest; {watermark}{ToGo(it)}.",
            _ => $"'{it.Operator}': {watermark}.",
        };
    }

    private static string ToGo(OperatorExplanation it) =>
        it.Remaining is { } remaining && remaining > TimeSpan.Zero ? $", {Duration(remaining)} to go" : "";

    private static string Why(OperatorExplanation it) => it.Reason switch
    {
        WaitReason.NothingOpen => "No window that has records waits for it.",
        WaitReason.Finished => "Event time has ended: every window has said its result.",
        WaitReason.NoEventTime => "Its records have no event time: ask for a step behind WithEventTime.",
        WaitReason.OnItsWay => "The watermark that closes the window has been made and is on its way: "
            + $"{it.Lanes.Sum(static lane => lane.QueueDepth)} batches and signals wait before the operator"
            + (it.BlockedBy is { } slow ? $", and '{slow}' behind it is full or slow." : "."),
        WaitReason.AllIdle when it.Splits.Count == 0 =>
            "Every split that there was has ended, and further ones may come; only records move time."
            + Would(it, "let time go on by the clock"),
        WaitReason.AllIdle => $"All {it.Splits.Count} splits are idle{For(it)}, and only records move time."
            + Would(it, "let time go on by the clock"),
        _ => it.HeldBackBy is { } split
            ? $"{Name(split)} holds it back: {Because(it, split)}"
            : "No split of its sources is there yet.",
    };

    private static string Because(OperatorExplanation it, SplitExplanation split) => it.Reason switch
    {
        WaitReason.NoRecordYet =>
            $"it has not had a record yet, since {Clock(it, split.StartedAt)}{Ago(it)}.{Cure(it)}",
        WaitReason.NoWatermarkYet =>
            $"records have come, but none of them has made a watermark{Ago(it)}"
            + (split.Highest is null ? "." : $";{Latest(it, split)}."),
        WaitReason.SlowSplit => $"it delivers, but{Latest(it, split)}.",
        WaitReason.SilentSplit => $"{Latest(it, split).TrimStart()}; nothing has come{For(it)}.{Cure(it)}",
        WaitReason.HeldByAlignment =>
            $"it is not read{For(it)}, because the alignment group '{it.AlignmentGroup}' waits for "
            + (it.SlowestOfGroup is { } slowest ? $"'{slowest}'." : "a source that has not opened yet."),
        WaitReason.BackPressure =>
            $"'{split.Source}' is not read{For(it)}, because "
            + (it.BlockedBy is { } slow ? $"'{slow}' is full or slow." : "something further down is full or slow."),
        _ => "nothing more is known of it.",
    };

    private static string Cure(OperatorExplanation it) => it.Cure == "WithIdleness"
        ? Would(it, "let the others go on")
        : Would(it, "let time go on by the clock");

    private static string Would(OperatorExplanation it, string what) =>
        it.Cure is { } cure ? $" {cure} would {what}." : "";

    private static string Name(SplitExplanation split) => split.Source.Length == 0
        ? $"The input of '{split.EventTimeStep}'"
        : $"Split '{split.Split}' of '{split.Source}'";

    private static string Latest(OperatorExplanation it, SplitExplanation split)
    {
        string bound = split.Bound is { } time && time > TimeSpan.Zero ? $" ({Duration(time)} bound)" : "";
        return split.Highest is { } highest ? $" its latest record is of {Time(it, highest)}{bound}" : "";
    }

    private static string For(OperatorExplanation it) =>
        it.Since is { } since ? $" for {Duration(it.TakenAt - since)}" : "";

    private static string Ago(OperatorExplanation it) =>
        it.Since is { } since ? $" ({Duration(it.TakenAt - since)} ago)" : "";

    private static string Time(OperatorExplanation it, Timestamp time) => time switch
    {
        _ when time == Timestamp.MinValue || time == Timestamp.MaxValue => time.ToString(),
        _ => Clock(it, time.ToDateTimeOffset()),
    };

    // The date is said where it is not the day on which this is read.
    private static string Clock(OperatorExplanation it, DateTimeOffset time) => time.UtcDateTime.ToString(
        time.UtcDateTime.Date == it.TakenAt.UtcDateTime.Date ? "HH:mm:ss.FFF" : "yyyy-MM-dd HH:mm:ss.FFF",
        CultureInfo.InvariantCulture);
}
