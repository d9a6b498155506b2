using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>The pipeline that the settings of a scenario describe.</summary>
internal static class ScenarioPipeline
{
    public static (DataStream<WindowResult<string, string>> Results, DataStream<Late<Mark>> Late) Build(
        ScenarioSettings settings, DataStream<Mark> input)
    {
        DataStream<Mark> timed = input.WithEventTime(
            mark => new Timestamp(mark.At), Watermarks.BoundedOutOfOrderness(TimeSpan.FromTicks(settings.Bound ?? 0)));
        timed = settings.DropsX ? timed.Where(mark => mark.Key != "x") : timed;
        DataStream<Late<Mark>>? late = null;
        timed = settings.Orders ? timed.OrderByEventTime(out late) : timed;
        if (settings.Batch is { } batch)
        {
            timed = timed.KeyBy(mark => mark.Key)
                .Batch(batch.Max, TimeSpan.FromTicks(batch.Within))
                .Select(list => new Mark(list.Key, list.Max(mark => mark.At)));
        }

        WindowedStream<string, Mark> windows = Speaking(settings, Windows(settings, timed.KeyBy(mark => mark.Key)));
        if (TellsLate(settings))
        {
            windows = windows.SideOutputLate(out late);
        }

        late ??= timed.Where(static _ => false).Select(static mark =>
            new Late<Mark>(mark, default, default, [], acceptedByOthers: false, LateReason.BehindWatermark));
        DataStream<WindowResult<string, string>> results = Filled(settings, settings.Aggregate switch
        {
            "times" => windows.Aggregate(a => string.Join(',', a.ToList(mark => Ticks.Write(mark.At)))),
            "max" => windows.Aggregate(a => Ticks.Write(a.Max(mark => mark.At))),
            _ => windows.Aggregate(a => Ticks.Write(a.Count())),
        });
        return settings.Then is { } size ? Then(size, settings.ThenLateness, results) : (results, late);
    }

    private static WindowedStream<string, Mark> Windows(ScenarioSettings settings, KeyedStream<string, Mark> keys) =>
        settings.RecordWindows is { } windows
            ? keys.Window(windows)
            : keys.Window(settings.Windows!); // The parser refuses a scenario without.

    // Windows by count and in processing time have no late records, and asking for them is a mistake.
    private static bool TellsLate(ScenarioSettings settings) =>
        settings is { Orders: false, Windows: null or { Domain: TimeDomain.Event } and not CountAssigner };

    private static WindowedStream<string, Mark> Speaking(
        ScenarioSettings settings, WindowedStream<string, Mark> windows)
    {
        windows = windows.Panes(settings.Mode);
        windows = settings.Lateness > 0 ? windows.AllowLateness(TimeSpan.FromTicks(settings.Lateness)) : windows;
        windows = settings.Early is { } early ? windows.Early(TimeSpan.FromTicks(early)) : windows;
        windows = settings.EarlyTrigger is { } earlyTrigger ? windows.Early(earlyTrigger) : windows;
        windows = settings.LateTrigger is { } lateTrigger ? windows.Late(lateTrigger) : windows;
        return settings.Update switch
        {
            null => windows,
            0 => windows.EmitOnUpdate(),
            { } throttle => windows.EmitOnUpdate(TimeSpan.FromTicks(throttle)),
        };
    }

    private static DataStream<WindowResult<string, string>> Filled(
        ScenarioSettings settings, DataStream<WindowResult<string, string>> results) => settings switch
        {
            { Fill: null } => results,
            { FillsLast: true } => results.FillGaps(TimeSpan.FromTicks(settings.Fill.Value), Fill.Last),
            _ => results.FillGaps(TimeSpan.FromTicks(settings.Fill.Value), "0"),
        };

    // Windows over the results: each says what it was given, so their bounds show the event times of the results.
    private static (DataStream<WindowResult<string, string>> Results, DataStream<Late<Mark>> Late) Then(
        long size, long lateness, DataStream<WindowResult<string, string>> results)
    {
        DataStream<WindowResult<string, string>> second = results
            .AsAppend()
            .KeyBy(result => result.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromTicks(size)))
            .AllowLateness(TimeSpan.FromTicks(lateness))
            .SideOutputLate(out DataStream<Late<WindowResult<string, string>>> late)
            .Aggregate(a => string.Join('+', a.ToList(result => result.Value)));
        return (second, late.Select(one => new Late<Mark>(
            new Mark(one.Value.Key, one.Timestamp.Ticks),
            one.Timestamp,
            one.Watermark,
            one.MissedWindows,
            one.AcceptedByOthers,
            one.Reason)));
    }
}
