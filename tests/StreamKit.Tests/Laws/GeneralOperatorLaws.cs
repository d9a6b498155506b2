using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>On default triggers the general operator says what the special ones say.</summary>
public class GeneralOperatorLaws
{
    [Fact]
    public void ATriggerThatFiresAtEachLateRecordSaysWhatTheDefaultSays() =>
        Law.Holds(StreamArbitraries.HastyStreams(), hasty =>
            BothSaySame(hasty.Case, w => w.Late(new EachRecordTrigger<OracleElement<int, int>>())));

    [Fact]
    public void ATriggerThatFiresAtEachLateRecordSaysWhatTheDefaultSaysOfSessions() => Law.Holds(
        StreamArbitraries.HastyStreams(),
        hasty => BothSaySame(
            hasty.Case with { Shape = OracleShape.Session(hasty.Case.Shape.Size) },
            w => w.Late(new EachRecordTrigger<OracleElement<int, int>>())));

    [Fact]
    public void ATriggerThatFiresAtEachLateRecordSaysWhatTheDefaultSaysOfTheGlobalWindow() => Law.Holds(
        StreamArbitraries.HastyStreams(),
        hasty => BothSaySame(
            hasty.Case with { Shape = OracleShape.Global() },
            w => w.Late(new EachRecordTrigger<OracleElement<int, int>>())));

    [Fact]
    public void AnAssignerOfTheUserSaysWhatTheBuiltInOneSays() =>
        Law.Holds(StreamArbitraries.HastyStreams(), hasty => Compare(hasty.Case, Ours(hasty.Case), Run(
            hasty.Case,
            keyed => hasty.Case.Shape is { Kind: OracleShapeKind.Session, Size: var gap }
                ? keyed.Window(TimeWindows.Session<OracleElement<int, int>>(_ => TimeSpan.FromTicks(gap)))
                : keyed.Window(TimeWindows.Custom(new ShapeAssigner(hasty.Case.Shape))),
            w => w)));

    [Fact]
    public void EmitOnCloseIsTheDefaultWhateverWasSaidBefore() => Law.Holds(
        StreamArbitraries.HastyStreams(),
        hasty => BothSaySame(
            hasty.Case with { EarlyFirings = [] },
            w => w.EmitOnUpdate().Late(Triggers.Never()).Early(TimeSpan.FromTicks(1)).EmitOnClose()));

    private static void BothSaySame(
        StreamCase stream,
        Func<WindowedStream<int, OracleElement<int, int>>, WindowedStream<int, OracleElement<int, int>>> triggers) =>
        Compare(
            stream, Ours(stream), Run(stream, keyed => keyed.Window(EngineRun.Assigner(stream.Shape)), triggers));

    private static (List<string> Panes, List<string> Late, long Unassigned) Ours(StreamCase stream)
    {
        using var test = EngineRun.Of(stream);
        return Feed(stream, test);
    }

    private static (List<string> Panes, List<string> Late, long Unassigned) Run(
        StreamCase stream,
        Func<KeyedStream<int, OracleElement<int, int>>, WindowedStream<int, OracleElement<int, int>>> window,
        Func<WindowedStream<int, OracleElement<int, int>>, WindowedStream<int, OracleElement<int, int>>> triggers)
    {
        using var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) =>
            {
                WindowedStream<int, OracleElement<int, int>> windows = window(input
                    .WithEventTime(
                        e => new Timestamp(e.Timestamp), Watermarks.BoundedOutOfOrderness(new TimeSpan(stream.Bound)))
                    .KeyBy(e => e.Key))
                    .AllowLateness(TimeSpan.FromTicks(stream.Lateness))
                    .Panes((PaneMode)stream.Mode);
                windows = stream.EarlyFirings.Count > 0 ? windows.Early(TimeSpan.FromTicks(1)) : windows;
                return (triggers(windows).SideOutputLate(out DataStream<Late<OracleElement<int, int>>> late)
                    .Aggregate(a => string.Join(',', a.ToList(e => e.Value))), late);
            },
            EngineRun.InTicks);
        return Feed(stream, test);
    }

    private static (List<string> Panes, List<string> Late, long Unassigned) Feed(
        StreamCase stream,
        StreamTest<OracleElement<int, int>, WindowResult<int, string>, OracleElement<int, int>> test)
    {
        foreach (StreamStep step in EngineRun.Steps(stream))
        {
            EngineRun.Feed(test, step);
        }

        test.ExpectNoState();
        return (
            [.. test.Outputs.Select(p => EngineRun.ToOracle(p).ToString())],
            [.. test.LateRecords.Select(EngineRun.ToText)],
            test.UnassignedRecords);
    }

    // Where windows share slices, the special operator takes the keys of one firing slice by slice, so there only the
    // panes count and not their order within a firing.
    private static void Compare(
        StreamCase stream,
        (List<string> Panes, List<string> Late, long Unassigned) special,
        (List<string> Panes, List<string> Late, long Unassigned) general)
    {
        bool shares = stream.Shape.Kind == OracleShapeKind.Hopping && stream.Shape.Size > stream.Shape.Slide;
        if (shares)
        {
            special.Panes.Sort(StringComparer.Ordinal);
            general.Panes.Sort(StringComparer.Ordinal);
        }

        Assert.Equal(special.Panes, general.Panes);
        Assert.Equal(special.Late, general.Late);
        Assert.Equal(special.Unassigned, general.Unassigned);
    }
}
