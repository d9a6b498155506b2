using StreamKit.Aggregation;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>
/// The engine says exactly what the oracle says, however batches are cut, on any lanes, however slow the output.
/// </summary>
/// <remarks>
/// The replays of the harness bring the independence of batches, lanes and back-pressure into every one of these laws.
/// </remarks>
public class WindowLaws
{
    [Fact]
    public void EveryPaneOfAnHonestStreamIsTheOraclesPane() =>
        Law.Holds(StreamArbitraries.Streams(), SaysWhatTheOracleSays);

    [Fact]
    public void EveryPaneOfAHastyStreamIsTheOraclesPane() =>
        Law.Holds(StreamArbitraries.HastyStreams(), hasty => SaysWhatTheOracleSays(hasty.Case));

    [Fact]
    public void EveryPaneOfAHastyStreamOfSessionsIsTheOraclesPane() => Law.Holds(
        StreamArbitraries.HastyStreams(),
        hasty => SaysWhatTheOracleSays(hasty.Case with { Shape = OracleShape.Session(hasty.Case.Shape.Size) }));

    [Fact]
    public void EveryPaneOfTheGlobalWindowIsTheOraclesPane() => Law.Holds(
        StreamArbitraries.HastyStreams(),
        hasty => SaysWhatTheOracleSays(hasty.Case with { Shape = OracleShape.Global() }));

    [Fact]
    public void EveryPaneOfContentFromWhichSlicesAreTakenIsTheOraclesPane() =>
        Law.Holds(StreamArbitraries.Overlapping(), stream => SaysWhatTheOracleSays(stream, SlidingForm.Subtracted));

    [Fact]
    public void EveryPaneOfContentInTwoStacksIsTheOraclesPane() =>
        Law.Holds(StreamArbitraries.Overlapping(), stream => SaysWhatTheOracleSays(stream, SlidingForm.TwoStacks));

    [Fact]
    public void EveryPaneOfHastyContentFromWhichSlicesAreTakenIsTheOraclesPane() => Law.Holds(
        StreamArbitraries.HastyOverlapping(), hasty => SaysWhatTheOracleSays(hasty.Case, SlidingForm.Subtracted));

    [Fact]
    public void EveryPaneOfHastyContentInTwoStacksIsTheOraclesPane() => Law.Holds(
        StreamArbitraries.HastyOverlapping(), hasty => SaysWhatTheOracleSays(hasty.Case, SlidingForm.TwoStacks));

    internal static void SaysWhatTheOracleSays(StreamCase stream) =>
        SaysWhatTheOracleSays(stream, SlidingForm.Recomputed, null);

    internal static void SaysWhatTheOracleSays(StreamCase stream, WindowAssigner? windowing) =>
        SaysWhatTheOracleSays(stream, SlidingForm.Recomputed, windowing);

    internal static void SaysWhatTheOracleSays(
        StreamCase stream, SlidingForm sliding, WindowAssigner? windowing = null)
    {
        var oracle = new OracleWindows<int, int>(stream.Shape, stream.Lateness, stream.Mode)
        {
            FiresUnchangedOnTime = false,
        };
        using var test = EngineRun.Of(stream, null, sliding, windowing);
        foreach (StreamStep step in EngineRun.Steps(stream))
        {
            OracleReplay.Feed(oracle, step);
            EngineRun.Feed(test, step);
        }

        Assert.Equal(
            oracle.Panes.Select(pane => pane.ToString()),
            test.Outputs.Select(EngineRun.ToOracle).Select(pane => pane.ToString()));
        Assert.Equal(oracle.Late.Select(EngineRun.ToText), test.LateRecords.Select(EngineRun.ToText));
        Assert.Equal(oracle.Unassigned.Count, test.UnassignedRecords);
        test.ExpectNoState();
    }
}
