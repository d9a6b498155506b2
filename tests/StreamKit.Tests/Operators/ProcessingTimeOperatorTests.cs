using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>The clock as a watermark, and what comes through.</summary>
public class ProcessingTimeOperatorTests
{
    private readonly Bench _bench = new();
    private readonly List<string> _seen = [];
    private readonly ProcessingTimeOperator<int, int> _operator;

    public ProcessingTimeOperatorTests() => _operator = Over(TimeWindows.Tumbling(new TimeSpan(10)));

    [Fact]
    public void RecordsGetTheTimeOfTheirComingAndWatermarksComeFirst()
    {
        At(7, 1, 2);
        At(9, 3);
        At(23, 4);
        Assert.Equal(["W7", "1@7", "2@7", "3@9", "W23", "4@23"], _seen);
    }

    [Fact]
    public void AClockThatIsSetBackStandsStill()
    {
        At(25, 1);
        At(3, 2);
        Tell(4);
        At(26, 3);
        At(30, 4);
        Assert.Equal(["W25", "1@25", "2@25", "3@26", "W30", "4@30"], _seen);
        Assert.Equal(40, _operator.NextTimer);
    }

    [Fact]
    public void ATimerWaitsForTheNextEndAndForNoneBefore()
    {
        Assert.True(_operator.NextTimer <= 7, "the clock is read as soon as there is one");
        Tell(7);
        Assert.Equal(10, _operator.NextTimer);
        Tell(9);
        Assert.Equal(10, _operator.NextTimer);
        Tell(10);
        Assert.Equal(20, _operator.NextTimer);
        Tell(10_005);
        Assert.Equal(10_010, _operator.NextTimer);
        Assert.Equal(["W7", "W10", "W10005"], _seen);
    }

    [Fact]
    public void OfWhatIsSaidAboutEventTimeOnlyTheEndPasses()
    {
        foreach (Signal signal in (Signal[])
            [
                Signal.SplitStart(1), Signal.Started, Signal.Watermark(5), Signal.Idle, Signal.Active,
                Signal.SplitIdle(1), Signal.SplitActive(1), Signal.SplitEnd(1),
            ])
        {
            Assert.True(_operator.OnSignal(signal));
        }

        Assert.Empty(_seen);
        _bench.Clock.Now = 8;
        Assert.True(_operator.OnSignal(Signal.Watermark(long.MaxValue)));
        Assert.True(_operator.OnSignal(Signal.End));
        Assert.Equal(["W8", $"W{long.MaxValue}", "End"], _seen);
        Assert.Equal(long.MaxValue, _operator.NextTimer);
    }

    [Fact]
    public void AGlobalWindowNeedsNoTimer()
    {
        ProcessingTimeOperator<int, int> global = Over(TimeWindows.Global());
        _bench.Clock.Now = 5;
        Assert.True(global.OnSignal(Signal.ProcessingTime(5)));
        Assert.Equal(long.MaxValue, global.NextTimer);
    }

    private ProcessingTimeOperator<int, int> Over(WindowAssigner windows) => new(
        new Recorder(_seen), new ProcessingClock(windows, _bench.Clock), _bench.Context());

    private void Tell(long now)
    {
        _bench.Clock.Now = now;
        Assert.True(_operator.OnSignal(Signal.ProcessingTime(now)));
    }

    private void At(long now, params int[] values)
    {
        _bench.Clock.Now = now;
        Batch<int> records = new BatchPool<int>(4).Rent();
        foreach (int value in values)
        {
            records.Add(-1, value);
        }

        Assert.True(_operator.OnBatch(new KeyedBatchPool<int, int>(4).Rent(records)));
    }

    private sealed class Recorder(List<string> seen) : Receiver<KeyedBatch<int, int>>
    {
        public override bool OnBatch(KeyedBatch<int, int> batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                seen.Add($"{batch.Records.Values[i]}@{batch.Records.Timestamps[i]}");
            }

            return true;
        }

        public override bool OnSignal(Signal signal)
        {
            if (!signal.IsLocal)
            {
                seen.Add(signal.Kind == SignalKind.Watermark ? $"W{signal.Value}" : signal.Kind.ToString());
            }

            return true;
        }

        public override bool Resume() => true;
    }
}
