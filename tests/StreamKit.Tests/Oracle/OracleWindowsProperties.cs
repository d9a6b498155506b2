using FsCheck.Xunit;
using StreamKit.Tests.Generators;

namespace StreamKit.Tests.Oracle;

[Properties(Arbitrary = [typeof(StreamArbitraries)], MaxTest = 500)]
public class OracleWindowsProperties
{
    [Property]
    public void WithinTheBoundTheStreamEqualsTheBatch(StreamCase stream)
    {
        StreamCase firing = WithoutOutgrownPanes(stream);
        OracleWindows<int, int> windows = OracleReplay.Run(firing);

        Assert.Empty(windows.Late);
        Assert.True(windows.IsEmpty);
        Assert.Equal(
            OracleReplay.Describe(OracleBatch.Windows(firing.Elements, firing.Shape)),
            OracleReplay.Describe(OracleNet.Of(firing.Mode, windows.Panes)));
    }

    [Property]
    public void ArrivalOrderWithinTheBoundChangesNothing(StreamCase stream)
    {
        StreamCase arrived = WithoutOutgrownPanes(stream);
        StreamCase sorted = arrived with { Elements = [.. arrived.Elements.OrderBy(e => e.Timestamp)] };

        Assert.Equal(
            OracleReplay.Describe(OracleNet.Of(sorted.Mode, OracleReplay.Run(sorted).Panes)),
            OracleReplay.Describe(OracleNet.Of(arrived.Mode, OracleReplay.Run(arrived).Panes)));
    }

    [Property]
    public void EarlyDiscardingPanesOfASessionAddUpToTheSessionItBecomes(StreamCase stream)
    {
        StreamCase sessions = stream with
        {
            Shape = OracleShape.Session(stream.Shape.Size),
            Mode = OracleMode.Discarding,
        };
        var panes = OracleReplay.Run(sessions).Panes;
        var sums = OracleBatch.Windows(sessions.Elements, sessions.Shape).ToDictionary(
            b => b.Key,
            b => (IReadOnlyList<int>)panes
                .Where(p => p.Key == b.Key.Key && p.Window.Union(b.Key.Window) == b.Key.Window)
                .SelectMany(p => p.Values)
                .ToList());

        Assert.Equal(
            OracleReplay.Describe(OracleBatch.Windows(sessions.Elements, sessions.Shape)), OracleReplay.Describe(sums));
        Assert.Equal(sessions.Elements.Count, panes.Sum(p => p.Values.Count));
    }

    [Property]
    public void WithLateElementsTheNetIsWhatWasAccepted(HastyStreamCase hasty)
    {
        StreamCase stream = hasty.Case;
        if (stream.Shape.Kind == OracleShapeKind.Session)
        {
            return;
        }

        OracleWindows<int, int> windows = OracleReplay.Run(stream);
        var missed = windows.Late.SelectMany(l => l.Missed.Select(w => (l.Value, w))).ToHashSet();
        var accepted = OracleBatch.Windows(stream.Elements, stream.Shape)
            .Select(b => KeyValuePair.Create(
                b.Key, (IReadOnlyList<int>)[.. b.Value.Where(v => !missed.Contains((v, b.Key.Window)))]))
            .Where(b => b.Value.Count > 0);

        Assert.Equal(
            OracleReplay.Describe(accepted), OracleReplay.Describe(OracleNet.Of(stream.Mode, windows.Panes)));
        Assert.True(windows.IsEmpty);
    }

    [Property]
    public void WithLateElementsEverySessionElementCountsOnceOrIsReported(HastyStreamCase hasty, bool retracting)
    {
        StreamCase stream = hasty.Case with
        {
            Shape = OracleShape.Session(hasty.Case.Shape.Size),
            Mode = retracting ? OracleMode.Retracting : OracleMode.Discarding,
        };
        OracleWindows<int, int> windows = OracleReplay.Run(stream);
        var net = OracleNet.Of(stream.Mode, windows.Panes);

        Assert.Equal(
            stream.Elements.Select(e => e.Value).Order(),
            net.SelectMany(n => n.Value).Concat(windows.Late.Select(l => l.Value)).Order());
        Assert.True(windows.IsEmpty);
    }

    [Property]
    public void ALateElementIsReportedOnceWithExactlyTheExpiredOfItsWindows(HastyStreamCase hasty)
    {
        OracleWindows<int, int> windows = OracleReplay.Run(hasty.Case);
        Assert.Equal(windows.Late.Count, windows.Late.Select(l => l.Value).Distinct().Count());
        foreach (OracleLate<int, int> late in windows.Late)
        {
            IReadOnlyList<OracleWindow> all = hasty.Case.Shape.Kind == OracleShapeKind.Session
                ? [OracleAssigners.Session(late.Timestamp, hasty.Case.Shape.Size)]
                : OracleAssigners.Assign(hasty.Case.Shape, late.Timestamp);
            Assert.Equal(all.Where(w => w.End + hasty.Case.Lateness <= late.Watermark), late.Missed);
            Assert.Equal(late.Missed.Count < all.Count, late.WasAcceptedByOthers);
        }
    }

    [Property]
    public void AnElementIsUnassignedExactlyWhenNoWindowContainsIt(HastyStreamCase hasty)
    {
        IEnumerable<OracleElement<int, int>> expected = hasty.Case.Elements.Where(e =>
            hasty.Case.Shape.Kind != OracleShapeKind.Session
            && OracleAssigners.Assign(hasty.Case.Shape, e.Timestamp).Count == 0);
        Assert.Equal(expected, OracleReplay.Run(hasty.Case).Unassigned);
    }

    [Property]
    public void PanesAreEarlyThenOnceOnTimeThenLateAndCountedFromZero(HastyStreamCase hasty)
    {
        foreach (var window in OracleReplay.Run(hasty.Case).Panes.GroupBy(p => (p.Key, p.Window)))
        {
            var panes = window.Where(p => !p.IsRetraction).ToList();
            Assert.Equal(panes.Select(p => p.Timing).Order(), panes.Select(p => p.Timing));
            Assert.True(panes.Count(p => p.Timing == OracleTiming.OnTime) <= 1);
            Assert.Equal(Enumerable.Range(0, panes.Count), panes.Select(p => p.Index));
            Assert.All(panes, p => Assert.Equal(p.Index == 0, p.IsFirst));
            Assert.All(panes.SkipLast(1), p => Assert.False(p.IsFinal));
        }
    }

    [Property]
    public void ARetractionWithdrawsTheLastPaneOfItsWindowExactly(HastyStreamCase hasty)
    {
        StreamCase stream = hasty.Case with { Mode = OracleMode.Retracting };
        foreach (var window in OracleReplay.Run(stream).Panes.GroupBy(p => (p.Key, p.Window)))
        {
            OraclePane<int, int>? standing = null;
            foreach (OraclePane<int, int> pane in window)
            {
                Assert.Equal(standing is not null, pane.IsRetraction);
                Assert.True(standing is null || pane == standing with { IsRetraction = true, Timing = pane.Timing });
                standing = pane.IsRetraction ? null : pane;
            }
        }
    }

    [Property]
    public void OnlyRetractingModeRetracts(HastyStreamCase hasty) =>
        Assert.True(
            hasty.Case.Mode == OracleMode.Retracting
            || OracleReplay.Run(hasty.Case).Panes.All(p => !p.IsRetraction));

    [Property]
    public void EarlyFiringDoesNotChangeTheOnTimePanes(StreamCase stream, bool retracting)
    {
        StreamCase early = stream with { Mode = retracting ? OracleMode.Retracting : OracleMode.Accumulating };
        StreamCase silent = early with { EarlyFirings = [] };

        Assert.Equal(OnTime(silent), OnTime(early));
    }

    [Property]
    public void WithoutLatenessEveryOnTimePaneIsFinal(HastyStreamCase hasty)
    {
        OracleWindows<int, int> windows = OracleReplay.Run(hasty.Case with { Lateness = 0 });
        Assert.All(windows.Panes, p => Assert.Equal(p.Timing == OracleTiming.OnTime && !p.IsRetraction, p.IsFinal));
    }

    [Property]
    public void AWatermarkFiresByEndAndThenByStart(HastyStreamCase hasty)
    {
        StreamCase stream = hasty.Case;
        var windows = new OracleWindows<int, int>(stream.Shape, stream.Lateness, stream.Mode);
        foreach (StreamStep step in stream.Steps())
        {
            int before = windows.Panes.Count;
            OracleReplay.Feed(windows, step);
            if (step is not StreamStep.Batch)
            {
                var fired = windows.Panes.Skip(before).Select(p => (p.End, p.Start)).ToList();
                Assert.Equal(fired.Order(), fired);
            }
        }
    }

    // A session that fired early and then grew leaves a pane under its old bounds, which only retracting
    // mode withdraws.
    private static StreamCase WithoutOutgrownPanes(StreamCase stream) =>
        stream.Shape.Kind == OracleShapeKind.Session && stream.Mode != OracleMode.Retracting
            ? stream with { EarlyFirings = [] }
            : stream;

    private static IEnumerable<string> OnTime(StreamCase stream) =>
        OracleReplay.Run(stream).Panes
            .Where(p => p.Timing == OracleTiming.OnTime && !p.IsRetraction)
            .Select(p => $"{p.Key}{p.Window} {string.Join(",", p.Values)}");
}
