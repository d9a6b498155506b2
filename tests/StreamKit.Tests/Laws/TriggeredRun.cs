using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Feeds cases with triggers to the engine, through its public API, and to the oracle.</summary>
internal static class TriggeredRun
{
    /// <summary>
    /// The windows of a case; on request by the general operator even where the triggers are the default ones.
    /// </summary>
    public static StreamTest<OracleElement<int, int>, WindowResult<int, string>, OracleElement<int, int>> Of(
        TriggeredCase triggered, bool generallyByDefault = false) => StreamTest.For(
        (DataStream<OracleElement<int, int>> input) =>
        {
            WindowedStream<int, OracleElement<int, int>> windows = Windows(triggered, input
                .WithEventTime(
                    e => new Timestamp(e.Timestamp),
                    Watermarks.BoundedOutOfOrderness(new TimeSpan(triggered.Stream.Bound)))
                .KeyBy(e => e.Key))
                .AllowLateness(TimeSpan.FromTicks(triggered.Stream.Lateness))
                .Panes((PaneMode)triggered.Stream.Mode);
            return (With(triggered, windows, generallyByDefault)
                .SideOutputLate(out DataStream<Late<OracleElement<int, int>>> late)
                .Aggregate(a => string.Join(',', a.ToList(e => e.Value))), late);
        },
        EngineRun.InTicks);

    public static OracleTriggeredWindows Oracle(TriggeredCase triggered) =>
        new(triggered.Stream.Shape, triggered.Stream.Lateness, triggered.Stream.Mode)
        {
            Early = triggered.Early,
            Late = triggered.Late,
            Gap = triggered.GapOf,
        };

    public static void Feed(
        TriggeredCase triggered,
        StreamTest<OracleElement<int, int>, WindowResult<int, string>, OracleElement<int, int>> test)
    {
        foreach (StreamStep step in EngineRun.Steps(triggered.Stream))
        {
            if (step is StreamStep.FireEarly)
            {
                test.ProcessingTime(TimeSpan.FromTicks(triggered.Advance));
            }
            else
            {
                EngineRun.Feed(test, step);
            }
        }
    }

    public static void Feed(TriggeredCase triggered, OracleTriggeredWindows oracle)
    {
        foreach (StreamStep step in EngineRun.Steps(triggered.Stream))
        {
            switch (step)
            {
                case StreamStep.Batch batch:
                    foreach (OracleElement<int, int> element in batch.Elements)
                    {
                        oracle.Element(element);
                    }

                    break;
                case StreamStep.Watermark watermark:
                    oracle.Watermark(watermark.Value);
                    break;
                case StreamStep.FireEarly:
                    oracle.Advance(triggered.Advance);
                    break;
            }
        }
    }

    private static WindowedStream<int, OracleElement<int, int>> Windows(
        TriggeredCase triggered, KeyedStream<int, OracleElement<int, int>> keyed) =>
        triggered is { HasOwnGaps: true, Stream.Shape.Kind: OracleShapeKind.Session }
            ? keyed.Window(TimeWindows.Session<OracleElement<int, int>>(e => TimeSpan.FromTicks(triggered.GapOf(e))))
            : keyed.Window(EngineRun.Assigner(triggered.Stream.Shape));

    private static WindowedStream<int, OracleElement<int, int>> With(
        TriggeredCase triggered, WindowedStream<int, OracleElement<int, int>> windows, bool generallyByDefault)
    {
        if (generallyByDefault && triggered is
            {
                Early: null or { Kind: OracleTriggerKind.Never },
                Late: null or { Kind: OracleTriggerKind.Records, Amount: 1 },
            })
        {
            return windows.Late(new EachRecordTrigger<OracleElement<int, int>>());
        }

        // A delay before completion is a round of all windows where it is built in, so a user's trigger stands for it.
        windows = triggered.Early switch
        {
            null => windows,
            { Kind: OracleTriggerKind.Delay, Amount: var ticks } =>
                windows.Early(new DelayTrigger<OracleElement<int, int>>(ticks)),
            var early => windows.Early(BuiltIn(early)),
        };
        return triggered.Late is { } late ? windows.Late(BuiltIn(late)) : windows;
    }

    private static WindowTrigger BuiltIn(OracleTrigger trigger) => trigger.Kind switch
    {
        OracleTriggerKind.Records => Triggers.EveryRecords(trigger.Amount),
        OracleTriggerKind.EventTime => Triggers.EveryEventTime(TimeSpan.FromTicks(trigger.Amount)),
        OracleTriggerKind.Delay => Triggers.EveryProcessingTime(TimeSpan.FromTicks(trigger.Amount)),
        OracleTriggerKind.Updates => new UpdateTrigger(trigger.Amount),
        _ => Triggers.Never(),
    };
}
