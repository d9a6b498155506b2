using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Aggregating before the exchange changes no result, whatever windows, lateness and lanes.</summary>
public class PreAggregationLaws
{
    [Fact]
    public void EveryPaneIsThatOfOnePhase() => Law.Holds(StreamArbitraries.Streams(), HasTheSamePanes);

    [Fact]
    public void EveryPaneOfAHastyStreamIsThatOfOnePhase() =>
        Law.Holds(StreamArbitraries.HastyStreams(), hasty => HasTheSamePanes(hasty.Case));

    [Fact]
    public void EveryPaneOfOverlappingWindowsIsThatOfOnePhase() =>
        Law.Holds(StreamArbitraries.HastyOverlapping(), hasty => HasTheSamePanes(hasty.Case));

    private static void HasTheSamePanes(StreamCase stream)
    {
        if (stream.Shape.Kind == OracleShapeKind.Session)
        {
            return;
        }

        using var onePhase = Run(stream, static windows => windows);
        using var twoPhases = Run(stream, static windows => windows.PreAggregate());

        Assert.Equal(onePhase.Outputs, twoPhases.Outputs);
        Assert.Equal(onePhase.UnassignedRecords, twoPhases.UnassignedRecords);
    }

    private static StreamTest<OracleElement<int, int>, WindowResult<int, string>> Run(
        StreamCase stream,
        Func<WindowedStream<int, OracleElement<int, int>>, WindowedStream<int, OracleElement<int, int>>> phases)
    {
        var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) =>
            {
                WindowedStream<int, OracleElement<int, int>> windows = phases(input
                    .WithEventTime(
                        e => new Timestamp(e.Timestamp), Watermarks.BoundedOutOfOrderness(new TimeSpan(stream.Bound)))
                    .KeyBy(e => e.Key)
                    .Window(EngineRun.Assigner(stream.Shape))
                    .AllowLateness(TimeSpan.FromTicks(stream.Lateness))
                    .Panes((PaneMode)stream.Mode));
                windows = stream.EarlyFirings.Count > 0 ? windows.Early(TimeSpan.FromTicks(1)) : windows;
                return windows.Aggregate(a => string.Join(',', a.ToList(e => e.Value)) + $" {a.Count()}");
            },
            EngineRun.InTicks);
        foreach (StreamStep step in EngineRun.Steps(stream))
        {
            EngineRun.Feed(test, step);
        }

        test.ExpectNoState();
        return test;
    }
}
