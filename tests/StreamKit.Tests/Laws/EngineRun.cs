using System.Globalization;
using StreamKit.Aggregation;
using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>
/// Feeds generated cases to the engine, through its public API, and writes its results as the oracle would.
/// </summary>
internal static class EngineRun
{
    /// <summary>Numbers are ticks.</summary>
    public static StreamTestOptions InTicks { get; } = new() { Unit = TimeSpan.FromTicks(1) };

    /// <summary>The windows of a case, over lists, so that equal results are equal contents.</summary>
    public static StreamTest<OracleElement<int, int>, WindowResult<int, string>, OracleElement<int, int>> Of(
        StreamCase stream,
        StreamTestOptions? options = null,
        SlidingForm sliding = SlidingForm.Recomputed,
        WindowAssigner? windowing = null) => StreamTest.For(
        (DataStream<OracleElement<int, int>> input) =>
        {
            WindowedStream<int, OracleElement<int, int>> windows = input
                .WithEventTime(
                    e => new Timestamp(e.Timestamp), Watermarks.BoundedOutOfOrderness(new TimeSpan(stream.Bound)))
                .KeyBy(e => e.Key)
                .Window(windowing ?? Assigner(stream.Shape))
                .AllowLateness(TimeSpan.FromTicks(stream.Lateness))
                .Panes((PaneMode)stream.Mode);
            if (stream.EarlyFirings.Count > 0)
            {
                windows = windows.Early(TimeSpan.FromTicks(1));
            }

            windows = windows.SideOutputLate(out DataStream<Late<OracleElement<int, int>>> late);
            return (Contents(windows, sliding), late);
        },
        options ?? InTicks);

    /// <summary>Does to the engine what a step says.</summary>
    public static void Feed<TSelf, TOut>(StreamTestBase<TSelf, OracleElement<int, int>, TOut> test, StreamStep step)
        where TSelf : StreamTestBase<TSelf, OracleElement<int, int>, TOut>
    {
        switch (step)
        {
            case StreamStep.Batch batch:
                foreach (OracleElement<int, int> element in batch.Elements)
                {
                    test.Push(element);
                }

                break;
            case StreamStep.Watermark { Value: OracleTime.Max }:
                test.End();
                break;
            case StreamStep.Watermark watermark:
                test.Watermark(watermark.Value);
                break;
            case StreamStep.FireEarly:
                test.ProcessingTime(TimeSpan.FromTicks(1));
                break;
        }
    }

    /// <summary>The steps of a case, without watermarks that fall, which no stream has.</summary>
    public static IEnumerable<StreamStep> Steps(StreamCase stream)
    {
        long highest = OracleTime.Min;
        foreach (StreamStep step in stream.Steps())
        {
            if (step is StreamStep.Watermark { Value: var value })
            {
                if (value < highest)
                {
                    continue;
                }

                highest = value;
            }

            yield return step;
        }
    }

    public static OraclePane<int, int> ToOracle(WindowResult<int, string> result) => new()
    {
        Key = result.Key,
        Start = result.Window.StartTime.Ticks,
        End = result.Window.EndTime.Ticks,
        Values = [.. result.Value.Split(',').Select(value => int.Parse(value, CultureInfo.InvariantCulture))],
        IsRetraction = result.Pane.IsRetraction,
        Timing = (OracleTiming)result.Pane.Timing,
        Index = result.Pane.Index,
        IsFinal = result.Pane.IsFinal,
    };

    public static string ToText(Late<OracleElement<int, int>> late) => ToText(
        late.Value,
        late.Timestamp.Ticks,
        late.Watermark.Ticks,
        late.MissedWindows.Select(w => new OracleWindow(w.StartTime.Ticks, w.EndTime.Ticks)),
        late.AcceptedByOthers);

    public static string ToText(OracleLate<int, int> late) => ToText(
        new(late.Key, late.Timestamp, late.Value),
        late.Timestamp,
        late.Watermark,
        late.Missed,
        late.WasAcceptedByOthers);

    public static WindowAssigner Assigner(OracleShape shape) => shape.Kind switch
    {
        OracleShapeKind.Tumbling => TimeWindows.Tumbling(new TimeSpan(shape.Size), new TimeSpan(shape.Offset)),
        OracleShapeKind.Hopping =>
            TimeWindows.Hopping(new TimeSpan(shape.Size), new TimeSpan(shape.Slide), new TimeSpan(shape.Offset)),
        OracleShapeKind.Cumulative =>
            TimeWindows.Cumulative(new TimeSpan(shape.Size), new TimeSpan(shape.Slide), new TimeSpan(shape.Offset)),
        OracleShapeKind.Given => throw new ArgumentException("The engine's windows of a given shape are given too."),
        OracleShapeKind.Session => TimeWindows.Session(new TimeSpan(shape.Size)),
        _ => TimeWindows.Global(),
    };

    private static DataStream<WindowResult<int, string>> Contents(
        WindowedStream<int, OracleElement<int, int>> windows, SlidingForm sliding)
    {
        return sliding switch
        {
            SlidingForm.Subtracted => windows.Aggregate(default(RemovableContentsAggregator)),
            SlidingForm.TwoStacks => windows.Aggregate(default(ContentsAggregator)),
            _ => windows.Aggregate(a => string.Join(',', a.ToList(e => e.Value))),
        };
    }

    private static string ToText(
        OracleElement<int, int> element,
        long timestamp,
        long watermark,
        IEnumerable<OracleWindow> missed,
        bool others) =>
        $"{element} at {timestamp}, W={watermark}, missed {string.Join(" ", missed)}"
        + (others ? ", accepted by others" : "");
}
