using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Laws;

/// <summary>
/// Windows with triggers say exactly what the oracle says, and whatever the triggers decide, no record is lost.
/// </summary>
/// <remarks>The replays of the harness bring batches, lanes and back-pressure into each of these laws.</remarks>
public class TriggerLaws
{
    [Fact]
    public void EveryPaneWithTriggersIsTheOraclesPane() =>
        Law.Holds(TriggeredGenerators.Cases(), SaysWhatTheOracleSays);

    [Fact]
    public void EveryPaneOfSessionsWithTriggersIsTheOraclesPane() =>
        Law.Holds(TriggeredGenerators.Sessions(), SaysWhatTheOracleSays);

    /// <summary>SEMANTICS 10.7: early firing, delayed late firing and lateness together lost the last update.</summary>
    [Fact]
    public void Flink26498NoCombinationOfTriggersLosesTheLastUpdate() =>
        Law.Holds(TriggeredGenerators.Cases(), SaysAllThatItAccepted);

    [Fact]
    public void Flink26498NoCombinationOfTriggersLosesTheLastUpdateOfASession() =>
        Law.Holds(TriggeredGenerators.Sessions(), SaysAllThatItAccepted);

    [Fact]
    public void TheResultOnTimeIsTheSameWithEveryTrigger() => Law.Holds(TriggeredGenerators.Cases(), triggered =>
    {
        triggered = triggered with { Stream = triggered.Stream with { Mode = OracleMode.Accumulating } };
        Assert.Equal(OnTime(triggered with { Early = null, Late = null }), OnTime(triggered));
    });

    [Fact]
    public void PanesComeAsEarlyThenOnTimeThenLateWithAnIndexEachAndNothingAfterTheFinalOne() =>
        Law.Holds(TriggeredGenerators.Cases(), triggered =>
        {
            foreach (var window in Panes(triggered).Where(p => !p.IsRetraction).GroupBy(p => (p.Key, p.Window)))
            {
                // A session that has expired can be made again with the same bounds; every other window is one.
                if (triggered.Stream.Shape.Kind != OracleShapeKind.Session)
                {
                    Assert.Equal(Enumerable.Range(0, window.Count()), window.Select(p => p.Index));
                    Assert.Equal(window.Select(p => p.Timing).Order(), window.Select(p => p.Timing));
                    Assert.True(window.Count(p => p.Timing == OracleTiming.OnTime) <= 1);
                    Assert.DoesNotContain(window.SkipLast(1), p => p.IsFinal);
                }
            }
        });

    internal static void SaysWhatTheOracleSays(TriggeredCase triggered)
    {
        OracleTriggeredWindows oracle = TriggeredRun.Oracle(triggered);
        TriggeredRun.Feed(triggered, oracle);
        using var test = TriggeredRun.Of(triggered, generallyByDefault: true);
        TriggeredRun.Feed(triggered, test);

        Assert.Equal(
            oracle.Panes.Select(p => p.ToString()), test.Outputs.Select(p => EngineRun.ToOracle(p).ToString()));
        Assert.Equal(oracle.LateElements.Select(EngineRun.ToText), test.LateRecords.Select(EngineRun.ToText));
        Assert.Equal(oracle.Unassigned, test.UnassignedRecords);
        Assert.True(oracle.IsEmpty);
        test.ExpectNoState();
    }

    private static void SaysAllThatItAccepted(TriggeredCase triggered)
    {
        using var test = TriggeredRun.Of(triggered);
        TriggeredRun.Feed(triggered, test);
        var net = OracleNet.Of(triggered.Stream.Mode, test.Outputs.Select(EngineRun.ToOracle));
        if (triggered.Stream.Shape.Kind == OracleShapeKind.Session)
        {
            // Sessions that were said and then grew stay said, except where results are taken back or are parts.
            bool repeats = triggered.Stream.Mode == OracleMode.Accumulating;
            var missed = test.LateRecords.Select(l => l.Value).ToHashSet();
            IEnumerable<int> said = repeats
                ? test.Outputs.SelectMany(p => EngineRun.ToOracle(p).Values).Distinct()
                : net.SelectMany(n => n.Value);
            Assert.Equal(
                triggered.Stream.Elements.Where(e => !missed.Contains(e)).Select(e => e.Value).Order(), said.Order());
            return;
        }

        var late = test.LateRecords.ToDictionary(
            l => l.Value, l => l.MissedWindows.Select(w => new OracleWindow(w.StartTime.Ticks, w.EndTime.Ticks)));
        var accepted = triggered.Stream.Elements
            .SelectMany(e => OracleAssigners.Assign(triggered.Stream.Shape, e.Timestamp)
                .Except(late.GetValueOrDefault(e) ?? [])
                .Select(w => (Place: (e.Key, w), e.Value)))
            .GroupBy(p => p.Place, p => p.Value)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<int>)[.. g]);
        Assert.Equal(OracleReplay.Describe(accepted), OracleReplay.Describe(net));
    }

    // In a fixed order: where windows share slices, the keys of one firing come in another one.
    private static IEnumerable<string> OnTime(TriggeredCase triggered) =>
        Panes(triggered).Where(p => p.Timing == OracleTiming.OnTime)
            .Select(p => $"{p.Key} {p.Window} {string.Join(",", p.Values)} {p.IsFinal}")
            .Order(StringComparer.Ordinal);

    private static List<OraclePane<int, int>> Panes(TriggeredCase triggered)
    {
        using var test = TriggeredRun.Of(triggered);
        TriggeredRun.Feed(triggered, test);
        return [.. test.Outputs.Select(EngineRun.ToOracle)];
    }
}
