using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Laws;

namespace StreamKit.Tests.Oracle;

/// <summary>The oracle of capped sessions does what its definition says, and its cases go where it is hard.</summary>
public class OracleCappedSessionsProperties
{
    private static readonly HastyCappedCase[] s_hasty =
        [.. CappedArbitraries.Hasty().Generator.Sample(1_000, new Rnd(20261123), 40)];

    [Fact]
    public void WithoutCapsTheCutIsThatOfPlainSessions() => Law.Holds(CappedArbitraries.Honest(), capped =>
    {
        (long gap, IReadOnlyList<OracleElement<int, int>> elements) = (capped.Caps.Gap, capped.Stream.Elements);
        Assert.Equal(
            OracleReplay.Describe(OracleBatch.Windows(elements, OracleShape.Session(gap))),
            OracleReplay.Describe(new OracleSessionCaps(gap, OracleTime.Max).Batch(elements)));
    });

    [Fact]
    public void SessionsEndByAPauseACapOrAMarkerAndNeverOverlap() =>
        Law.Holds(CappedArbitraries.Honest(), capped =>
        {
            OracleSessionCaps caps = capped.Caps;
            foreach (var ofKey in capped.Stream.Elements.GroupBy(e => e.Key))
            {
                var sessions = caps.Cut(ofKey, e => e.Timestamp, e => caps.Ends(e.Value));
                Assert.Equal(ofKey.OrderBy(e => e.Timestamp), sessions.SelectMany(s => s.Elements));
                Assert.All(sessions.Zip(sessions.Skip(1)), pair =>
                    Assert.True(pair.First.Window.End <= pair.Second.Window.Start));
                Assert.All(sessions, s =>
                {
                    long last = s.Elements[^1].Timestamp, pause = last + caps.Gap;
                    long cap = caps.MaxDuration == OracleTime.Max ? pause : s.Window.Start + caps.MaxDuration;
                    Assert.Equal(s.Window.Start, s.Elements[0].Timestamp);
                    Assert.True(s.Window.End == last + 1 || s.Window.End == pause || s.Window.End == cap);
                    Assert.True(s.Window.End <= pause && s.Window.End <= cap);
                    Assert.All(s.Elements.Where(e => caps.Ends(e.Value)), e => Assert.Equal(last, e.Timestamp));
                });
            }
        });

    [Fact]
    public void WithinTheBoundTheOracleOfTheStreamIsThatOfTheBatch() => Law.Holds(CappedArbitraries.Honest(), capped =>
    {
        OracleCappedSessions oracle = CappedRun.Oracle(
            capped with { Stream = capped.Stream with { EarlyFirings = [], Mode = OracleMode.Accumulating } });
        Assert.Empty(oracle.Late);
        Assert.Equal(
            OracleReplay.Describe(capped.Caps.Batch(capped.Stream.Elements)),
            OracleReplay.Describe(oracle.Panes.Select(p => KeyValuePair.Create((p.Key, p.Window), p.Values))));
    });

    [Fact]
    public void TheHardPlacesAreVisited()
    {
        List<(CappedCase Case, OracleCappedSessions Oracle)> runs =
            [.. s_hasty.Select(h => (h.Case, CappedRun.Oracle(h.Case)))];
        Assert.Contains(runs, r => r.Case.Caps.MarkEvery > 0 && r.Case.Caps.MaxDuration < OracleTime.Max);
        Assert.Contains(runs, r => r.Case.Caps.MaxDuration < r.Case.Caps.Gap);
        Assert.Contains(runs, r => r.Oracle.Panes.Any(p => p.End == p.Start + r.Case.Caps.MaxDuration));
        Assert.Contains(runs, r => r.Oracle.Panes.Any(p => p.Timing == OracleTiming.Late && p.Index > 1));
        Assert.Contains(runs, r => r.Oracle.Late.Count > 0 && r.Oracle.Panes.Any(p => p.Timing == OracleTiming.Late));

        // Not only its own time, but its session or what an expired one left of it.
        Assert.Contains(runs, r => r.Oracle.Late.Any(l => l.Missed[0].Start < l.Timestamp));
        Assert.Contains(runs, r => r.Oracle.Late.Any(l => l.Missed[0].End < l.Timestamp
            + Math.Min(r.Case.Caps.Gap, r.Case.Caps.MaxDuration) && !r.Case.Caps.Ends(l.Value)));

        // One record takes back two sessions that were said, or splits one.
        Assert.Contains(runs, r => Neighbours(r.Oracle, (a, b) => a.IsRetraction && b.IsRetraction && a.Key == b.Key));
        Assert.Contains(runs, r => Neighbours(r.Oracle, (a, b) => a.IsRetraction && !b.IsRetraction
            && a.Key == b.Key && a.Start == b.Start && b.End < a.End));
    }

    private static bool Neighbours(
        OracleCappedSessions oracle, Func<OraclePane<int, int>, OraclePane<int, int>, bool> isMeant) =>
        oracle.Panes.Zip(oracle.Panes.Skip(1)).Any(pair => isMeant(pair.First, pair.Second));
}
