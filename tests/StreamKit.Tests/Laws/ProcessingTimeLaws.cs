using FsCheck;
using FsCheck.Fluent;
using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>
/// In processing time windows say what the oracle says of records whose time is the clock at their coming, and whose
/// watermark is the clock itself (SEMANTICS 9.1 to 9.4).
/// </summary>
/// <remarks>
/// The replays of the harness bring the independence of batches, lanes and back-pressure into every one of these laws.
/// </remarks>
public class ProcessingTimeLaws
{
    // Before 1970, so that windows lie on both sides of it.
    private const long Start = -50;

    private static Gen<OracleShape> Shapes { get; } = Gen.OneOf(
        StreamGenerators.Shapes,
        Gen.Constant(OracleShape.Global()),
        from step in Gen.Choose(1, 6)
        from steps in Gen.Choose(1, 4)
        from offset in Gen.Choose(-20, 20)
        select OracleShape.Cumulative(step * steps, step, offset));

    private static Gen<List<ClockStep>> Scripts { get; } = Gen.ListOf(Gen.Frequency(
        (5, from key in Gen.Choose(0, 3)
            from time in Gen.Choose(-99, 99)
            select (ClockStep)new ClockStep.Record(key, time)),
        (4, Gen.Choose(0, 12).Select(ticks => (ClockStep)new ClockStep.Advance(ticks))),
        (1, Gen.Choose(100, 3000).Select(ticks => (ClockStep)new ClockStep.Advance(ticks))),
        (1, Gen.Choose(0, 500).Select(ticks => (ClockStep)new ClockStep.Watermark(ticks))),
        (1, Gen.Constant((ClockStep)new ClockStep.Silence())))).Select(steps => steps.ToList());

    private static Arbitrary<ClockCase> Cases { get; } = Arb.From(
        from script in Scripts
        from shape in Shapes
        from mode in StreamGenerators.Modes
        from early in Gen.Elements(false, true)
        from drop in Gen.Elements(false, true)
        select new ClockCase(shape, mode, early, drop, script),
        one => Enumerable.Range(0, one.Script.Count)
            .Select(at => one with { Script = [.. one.Script.Where((_, index) => index != at)] }));

    [Fact]
    public void EveryPaneIsTheOraclesPane() => Law.Holds(Cases, one =>
    {
        var oracle = new OracleWindows<int, int>(one.Shape, lateness: 0, one.Mode) { FiresUnchangedOnTime = false };
        using var test = Pipeline(one);
        (long now, long watermark) = (Start, 0);
        int value = 0;
        foreach (ClockStep step in one.Script)
        {
            switch (step)
            {
                case ClockStep.Record record:
                    oracle.Element(record.Key, now, value);
                    test.Push(record.OwnTime, (record.Key, value++));
                    break;
                case ClockStep.Advance advance:
                    if (one.FiresEarly && advance.Ticks > 0)
                    {
                        oracle.Watermark(now + 1);
                        oracle.FireEarly();
                    }

                    oracle.Watermark(now += advance.Ticks);
                    test.ProcessingTime(TimeSpan.FromTicks(advance.Ticks));
                    break;
                case ClockStep.Watermark higher:
                    test.Watermark(watermark += higher.Ticks);
                    break;
                case ClockStep.Silence:
                    test.Idle().Active();
                    break;
            }
        }

        if (!one.Drops)
        {
            oracle.Watermark(OracleTime.Max);
        }

        test.End().ExpectNoState();
        Assert.Equal(
            oracle.Panes.Select(pane => pane.ToString()),
            test.Outputs.Select(EngineRun.ToOracle).Select(pane => pane.ToString()));
        Assert.Equal(oracle.Unassigned.Count, test.UnassignedRecords);
        Assert.Empty(oracle.Late);
    });

    [Fact]
    public void WithoutEarlyResultsNothingComesBeforeTheEndOfItsWindowAndNothingIsHeldBackAfterIt() =>
        Law.Holds(Cases, one =>
        {
            using var test = Pipeline(one with { FiresEarly = false });
            long now = Start;
            int value = 0, seen = 0;
            foreach (ClockStep step in one.Script)
            {
                switch (step)
                {
                    case ClockStep.Record record:
                        test.Push(record.OwnTime, (record.Key, value++));
                        break;
                    case ClockStep.Advance advance:
                        long before = now;
                        now += advance.Ticks;
                        test.ProcessingTime(TimeSpan.FromTicks(advance.Ticks));
                        Assert.All(
                            test.Outputs.Skip(seen),
                            w => Assert.InRange(w.Window.EndTime.Ticks, before + 1, now));
                        seen = test.Outputs.Count;
                        break;
                }

                Assert.Equal(seen, test.Outputs.Count);
            }
        });

    private static StreamTest<(int Key, int Value), WindowResult<int, string>> Pipeline(ClockCase one) =>
        StreamTest.For(
            (DataStream<(int Key, int Value)> input) =>
            {
                WindowedStream<int, (int Key, int Value)> windows = input
                    .KeyBy(static r => r.Key)
                    .Window(EngineRun.Assigner(one.Shape)
                        .InProcessingTime(one.Drops ? OnCompletion.Drop : OnCompletion.Flush))
                    .Panes((PaneMode)one.Mode);
                return (one.FiresEarly ? windows.Early(TimeSpan.FromTicks(1)) : windows)
                    .Aggregate(a => string.Join(',', a.ToList(r => r.Value)));
            },
            EngineRun.InTicks with { Start = DateTimeOffset.UnixEpoch.AddTicks(Start) });

    private sealed record ClockCase(
        OracleShape Shape, OracleMode Mode, bool FiresEarly, bool Drops, IReadOnlyList<ClockStep> Script)
    {
        public override string ToString() =>
            $"{Shape}, {Mode}{(FiresEarly ? ", early" : "")}{(Drops ? ", drop" : "")}: {string.Join("; ", Script)}";
    }
}
