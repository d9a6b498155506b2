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

    internal static void SaysWhatTheOracleSays(StreamCase stream) => SaysWhatTheOracleSays(stream, null);

    internal static void SaysWhatTheOracleSays(StreamCase stream, WindowAssigner? windowing)
    {
        var oracle = new OracleWindows<int, int>(stream.Shape, stream.Lateness, stream.Mode)
        {
            FiresUnchangedOnTime = false,
        };
        using var test = EngineRun.Of(stream, null, windowing);
        foreach (StreamStep step in EngineRun.Steps(stream))
        {
            OracleReplay.Feed(oracle, step);
            EngineRun.Feed(test, step);
        }

        Assert.Equal(
            InOrder(stream.Shape, oracle.Panes),
            InOrder(stream.Shape, [.. test.Outputs.Select(EngineRun.ToOracle)]));
        Assert.Equal(oracle.Late.Select(EngineRun.ToText), test.LateRecords.Select(EngineRun.ToText));
        Assert.Equal(oracle.Unassigned.Count, test.UnassignedRecords);
        test.ExpectNoState();
    }

    // Where windows share slices, the engine takes the keys of one firing slice by slice instead of by registration: a
    // fixed order too, but another one than the oracle's. All else must come in the oracle's order.
    internal static List<string> InOrder(OracleShape shape, IReadOnlyList<OraclePane<int, int>> panes)
    {
        if (shape.Kind is not (OracleShapeKind.Hopping or OracleShapeKind.Cumulative) || shape.Size <= shape.Slide)
        {
            return [.. panes.Select(pane => pane.ToString())];
        }

        var text = new List<string>();
        for (int at = 0; at < panes.Count;)
        {
            OraclePane<int, int> first = panes[at];
            var firing = panes.Skip(at).TakeWhile(p => p.Window == first.Window && p.Timing == first.Timing).ToList();
            at += firing.Count;
            IEnumerable<OraclePane<int, int>> ordered =
                first.Timing == OracleTiming.Late ? firing : firing.OrderBy(p => p.Key);
            text.AddRange(ordered.Select(p => p.ToString()));
        }

        return text;
    }
}
