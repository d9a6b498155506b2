using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

public class StreamGeneratorsTests
{
    private static readonly StreamCase[] Streams = Sample(StreamGenerators.Honest);
    private static readonly HastyStreamCase[] HastyStreams = Sample(StreamGenerators.Hasty);

    [Fact]
    public void NoElementTrailsByMoreThanTheBoundAndNoWatermarkPromisesMore()
    {
        Assert.All(Streams, stream => Assert.True(stream.IsHonest));
        Assert.All(Streams, stream => Assert.True(GreatestTrail(stream) <= stream.Bound));
    }

    [Fact]
    public void TheHardPlacesAreVisited()
    {
        Assert.Contains(Streams, s => s.Elements.Count == 0);
        Assert.Contains(Streams, s => s.Bound > 0 && GreatestTrail(s) == s.Bound);
        Assert.Contains(Streams, s => s.Elements.Any(e => e.Timestamp < 0));
        Assert.Contains(Streams, s => s.Elements.Select(e => e.Timestamp).Distinct().Count() < s.Elements.Count);
        Assert.Contains(
            Streams, s => s.Elements.Any(e => e.Timestamp > 1e14) && s.Elements.Any(e => e.Timestamp < 100));
        Assert.Contains(Streams, s => s.Shape.Slide > s.Shape.Size);
        Assert.Contains(Streams, s => s.Shape.Slide < s.Shape.Size && s.Shape.Size % s.Shape.Slide != 0);
        Assert.Contains(Streams, s => Math.Abs(s.Shape.Offset) > s.Shape.Slide);
        Assert.Contains(Streams, s => s.Shape.Kind == OracleShapeKind.Session);
        Assert.Contains(Streams, s => s.Lateness > 0 && s.Mode == OracleMode.Retracting && s.EarlyFirings.Count > 0);
        Assert.Contains(Streams, s => s.Steps().OfType<StreamStep.Batch>().Any(b => b.Elements.Count > 3));
    }

    [Fact]
    public void HastyStreamsHaveLatePanesLateMergesPartMissesAndFinalJumps()
    {
        var runs = HastyStreams.Select(h => OracleReplay.Run(h.Case)).ToList();
        Assert.Contains(runs, r => r.Panes.Any(p => p.Timing == OracleTiming.Late && p.IsFirst));
        Assert.Contains(runs, r => r.Panes.Any(p => p.Timing == OracleTiming.Late && p.Index > 1));
        Assert.Contains(runs, r => r.Late.Any(l => l.WasAcceptedByOthers));
        Assert.Contains(runs, r => r.Late.Any(l => !l.WasAcceptedByOthers));
        Assert.Contains(runs, r => r.Unassigned.Count > 0);
        Assert.Contains(HastyStreams.Zip(runs), h => h.First.Case.Lateness > 0 && h.Second.Panes.Any(p => p.IsFinal));
        Assert.Contains(runs, BridgesTwoFiredSessions);
    }

    [Fact]
    public void StepsGiveEveryElementOnceInOrderAndEndWithTheEndOfTime()
    {
        foreach (StreamCase stream in Streams)
        {
            var steps = stream.Steps().ToList();
            Assert.Equal(stream.Elements, steps.OfType<StreamStep.Batch>().SelectMany(b => b.Elements));
            Assert.All(steps.OfType<StreamStep.Batch>(), b => Assert.NotEmpty(b.Elements));
            Assert.Equal(new StreamStep.Watermark(OracleTime.Max), steps[^1]);
        }
    }

    [Fact]
    public void CuttingBatchesElsewhereChangesNoSignal()
    {
        foreach (StreamCase stream in Streams)
        {
            IEnumerable<StreamStep> whole = (stream with { BatchCuts = [] }).Steps();
            Assert.Equal(
                whole.Where(s => s is not StreamStep.Batch), stream.Steps().Where(s => s is not StreamStep.Batch));
        }
    }

    [Fact]
    public void ShrinkingKeepsAnHonestStreamHonestAndWithinItsBound()
    {
        foreach (StreamCase smaller in Streams.Take(100).SelectMany(StreamShrinker.Shrink))
        {
            Assert.True(smaller.IsHonest);
            Assert.True(GreatestTrail(smaller) <= smaller.Bound);
            Assert.All(smaller.EarlyFirings, at => Assert.InRange(at, 0, smaller.Elements.Count));
            Assert.All(smaller.Watermarks, w => Assert.InRange(w.AfterElements, 0, smaller.Elements.Count));
        }
    }

    [Fact]
    public void ShrinkingEndsAtTheEmptyStreamWhateverPathItTakes()
    {
        var random = new Random(5);
        foreach (StreamCase start in Streams.Take(50))
        {
            StreamCase stream = start;
            int steps = 0;
            for (var next = StreamShrinker.Shrink(stream).ToList(); next.Count > 0; steps++)
            {
                Assert.True(steps < 1000, "shrinking goes round in circles");
                stream = next[random.Next(next.Count)];
                next = [.. StreamShrinker.Shrink(stream)];
            }

            Assert.Empty(stream.Elements);
        }
    }

    [Fact]
    public void AFailingStreamShrinksToTheSmallestThatStillFails()
    {
        StreamCase stream = Streams.First(s => s.Elements.Count(e => e.Key == 1) > 3);
        static bool Fails(StreamCase s) => s.Elements.Count(e => e.Key == 1) >= 2;
        while (StreamShrinker.Shrink(stream).FirstOrDefault(Fails) is { } smaller)
        {
            stream = smaller;
        }

        Assert.Equal(2, stream.Elements.Count);
        Assert.All(stream.Elements, e => Assert.Equal((1, 0L), (e.Key, e.Timestamp)));
        Assert.Empty(stream.Watermarks);
    }

    [Fact]
    public void ACaseReadsLikeAScript()
    {
        var stream = new StreamCase
        {
            Elements = [new(1, 5, 0), new(0, -3, 1), new(2, 9, 2)],
            Bound = 8,
            Shape = OracleShape.Tumbling(10, 3),
            Lateness = 4,
            Mode = OracleMode.Retracting,
            Watermarks = [new(2, 8)],
            EarlyFirings = [2],
            BatchCuts = [1],
        };

        Assert.Equal(
            "tumbling 10 offset 3, lateness 4, Retracting, bound 8: [1@5#0] [0@-3#1] W=-3 EARLY [2@9#2] W=MAX",
            stream.ToString());
    }

    private static bool BridgesTwoFiredSessions(OracleWindows<int, int> windows) =>
        Enumerable.Range(2, Math.Max(0, windows.Panes.Count - 2)).Any(at =>
            windows.Panes[at].Timing == OracleTiming.Late
            && windows.Panes[at - 1].IsRetraction
            && windows.Panes[at - 2].IsRetraction
            && windows.Panes[at - 2].Window.Union(windows.Panes[at - 1].Window) == windows.Panes[at].Window);

    private static long GreatestTrail(StreamCase stream) =>
        stream.Elements
            .Select((e, at) => stream.Elements.Take(at + 1).Max(before => before.Timestamp) - e.Timestamp)
            .DefaultIfEmpty(0)
            .Max();

    private static T[] Sample<T>(Gen<T> generator) => generator.Sample(600, new Rnd(20260101), 40);
}
