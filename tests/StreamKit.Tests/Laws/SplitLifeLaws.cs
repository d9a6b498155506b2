using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Operators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;

namespace StreamKit.Tests.Laws;

/// <summary>Splits come and go as SEMANTICS 4 says, whatever the order of events.</summary>
public class SplitLifeLaws
{
    [Fact]
    public void TheMergeGoesThroughTheStatesOfTheOracle() => Law.Holds(SplitLives.All, life =>
    {
        var merge = new WatermarkMerge();
        merge.Add();
        Follow(life, new OracleWatermarkMerge(1), (oracle, input, step) =>
        {
            long before = merge.Current;
            switch (step.Signal)
            {
                case SplitSignal.Add:
                    Assert.Equal(input, merge.Add());
                    break;
                case SplitSignal.AddStored:
                    Assert.Equal(input, merge.Add(step.Value));
                    break;
                case SplitSignal.Watermark:
                    merge.Advance(input, step.Value);
                    break;
                case SplitSignal.Idle:
                    merge.Idle(input);
                    break;
                case SplitSignal.Active:
                    merge.Active(input);
                    break;
                case SplitSignal.Done:
                    merge.Finish(input);
                    break;
                default:
                    merge.Retire(input);
                    break;
            }

            Assert.True(merge.Current >= before, "the watermark never falls");
            Assert.True(oracle.Output == merge.Current, $"{step}: {oracle.Output} expected, {merge.Current} found");
            Assert.True(oracle.IsIdle == merge.IsIdle, $"{step}: idle {oracle.IsIdle} expected");
            Assert.True(oracle.IsDone == merge.IsDone, $"{step}: done {oracle.IsDone} expected");
            Assert.Equal(oracle.Count, merge.Count);
            for (int i = 0; i < oracle.Count; i++)
            {
                Assert.Equal(oracle.IsBehind(i), merge.IsRejoining(i));
            }
        });
    });

    [Fact]
    public void TheEventTimeOperatorGoesThroughTheStatesOfTheOracle() => Law.Holds(SplitLives.All, life =>
    {
        var log = new SignalLog<long>();
        var bench = new Bench();
        OperatorContext context = bench.Context();
        var time = new EventTimeOperator<long>(
            static t => new Timestamp(t), Watermarks.Monotonic(), granularity: 0, log, context);
        bench.Push(time, Signal.SplitStart(0));
        Follow(life, new OracleWatermarkMerge(1), (oracle, split, step) =>
        {
            switch (step.Signal)
            {
                case SplitSignal.Add:
                    bench.Push(time, Signal.SplitStart(split, new SplitOrigin("s", $"{split}")));
                    break;
                case SplitSignal.AddStored:
                    var origin = new SplitOrigin("s", $"{split}") { StoredWatermark = step.Value };
                    bench.Push(time, Signal.SplitStart(split, origin));
                    break;
                case SplitSignal.Watermark:
                    bench.Push(time, [(0L, step.Value)], split);
                    break;
                case SplitSignal.Idle:
                    bench.Push(time, Signal.SplitIdle(split));
                    break;
                case SplitSignal.Active:
                    bench.Push(time, Signal.SplitActive(split));
                    break;
                case SplitSignal.Done:
                    bench.Push(time, Signal.SplitEnd(split));
                    break;
                default:
                    bench.Push(time, Signal.SplitRetired(split));
                    break;
            }

            Assert.True(oracle.Output == log.Watermark, $"{step}: {oracle.Output} expected, {log.Watermark} sent");
            Assert.True(oracle.IsIdle == log.IsIdle, $"{step}: idle {oracle.IsIdle} expected, {log.IsIdle} sent");
            Assert.False(log.Fell);
            Assert.Equal(Living(oracle).Count, context.Counters.Splits.Count);
        });
    });

    [Fact]
    public void RemovingTheLastOfSeveralSplitsLeavesTheStatusIdle()
    {
        var merge = new WatermarkMerge();
        int one = merge.Add(), other = merge.Add();
        merge.Advance(one, 5);
        merge.Advance(other, 9);
        Assert.Equal(9, merge.Retire(one));
        Assert.False(merge.IsIdle);
        Assert.Equal(9, merge.Retire(other));

        Assert.Equal((true, false, 0), (merge.IsIdle, merge.IsDone, merge.LiveCount));
        int late = merge.Add();
        Assert.Equal((9, false, true), (merge.Current, merge.IsIdle, merge.IsRejoining(late)));
    }

    [Fact]
    public void TheHighestOfTheRetiredIsReachedWhenAllFallSilent()
    {
        var merge = new WatermarkMerge();
        int fast = merge.Add(), slow = merge.Add();
        merge.Advance(fast, 100);
        merge.Advance(slow, 3);
        Assert.Equal(3, merge.Retire(fast));
        Assert.Equal(100, merge.Idle(slow));
    }

    [Fact]
    public void ASplitWithAStoredWatermarkAheadOfTheOthersHoldsNobodyAndOneBehindIsRejoining()
    {
        var merge = new WatermarkMerge();
        merge.Advance(merge.Add(), 10);
        int ahead = merge.Add(30), behind = merge.Add(4);
        Assert.Equal(10, merge.Current);
        Assert.Equal((false, true), (merge.IsRejoining(ahead), merge.IsRejoining(behind)));
        Assert.Equal(20, merge.Advance(0, 20));
        Assert.Equal(30, merge.Advance(0, 40));
    }

    private static List<int> Living(OracleWatermarkMerge oracle) =>
        [.. Enumerable.Range(0, oracle.Count).Where(i => !oracle.HasEnded(i))];

    private static void Follow(
        SplitLife life, OracleWatermarkMerge oracle, Action<OracleWatermarkMerge, int, SplitStep> engine)
    {
        foreach (SplitStep step in life.Steps)
        {
            List<int> living = Living(oracle);
            bool adds = step.Signal is SplitSignal.Add or SplitSignal.AddStored;
            if (oracle.IsDone || (!adds && living.Count == 0))
            {
                continue; // After the end nothing comes.
            }

            int split = adds ? oracle.Count : living[step.Choice % living.Count];
            _ = step.Signal switch
            {
                SplitSignal.Add => oracle.Add(),
                SplitSignal.AddStored => oracle.Add(step.Value),
                SplitSignal.Watermark => oracle.Watermark(split, step.Value),
                SplitSignal.Idle => oracle.Idle(split),
                SplitSignal.Active => oracle.Active(split),
                SplitSignal.Done => oracle.Done(split),
                _ => oracle.Retire(split),
            };
            engine(oracle, split, step);
        }
    }
}
