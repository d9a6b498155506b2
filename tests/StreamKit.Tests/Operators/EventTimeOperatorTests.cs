using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Tests.Operators;

public class EventTimeOperatorTests
{
    private readonly Bench _bench = new();
    private readonly RecordingReceiver<long> _next = new();

    private IEnumerable<long> SentWatermarks =>
        _next.Signals.Where(static s => s.Kind == SignalKind.Watermark).Select(static s => s.Value);

    [Fact]
    public void TheRecordsGoBeforeTheWatermarkThatTheyCarry()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic());
        Push(time, 0, 3, 7);

        Assert.Equal([3, 7, -7], _next.Elements.Select(static e => e.Signal is { } s ? -s.Value : e.Value));
    }

    [Fact]
    public void AWatermarkThatPassesNoBoundaryIsNotSent()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic(), granularity: 10);
        foreach (long timestamp in (ReadOnlySpan<long>)[3, 4, 9, 10, 11, 19, 20, 45, 49])
        {
            Push(time, 0, timestamp);
        }

        Assert.Equal([3, 10, 20, 45], SentWatermarks);
    }

    [Fact]
    public void TheSlowestSplitDecides()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic());
        Send(time, Signal.SplitStart(0), Signal.SplitStart(1));
        Push(time, 0, 10);
        Assert.Empty(SentWatermarks);
        Push(time, 1, 4);
        Assert.Equal([4], SentWatermarks);
        Send(time, Signal.SplitEnd(1));
        Assert.Equal([4, 10], SentWatermarks);
        Send(time, Signal.SplitEnd(0));
        Assert.Equal([4, 10, long.MaxValue], SentWatermarks);
    }

    [Fact]
    public void WatermarksFromBeforeAreReplacedButTheEndOfTimePasses()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic());
        Send(time, Signal.Watermark(500), Signal.Idle, Signal.Active);
        Assert.Empty(_next.Signals);
        Send(time, Signal.Watermark(long.MaxValue));
        Assert.Equal([long.MaxValue], SentWatermarks);
    }

    [Fact]
    public void ASilentSplitStopsHoldingTheOthersBack()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic().WithIdleness(TimeSpan.FromTicks(100)));
        Send(time, Signal.SplitStart(0), Signal.SplitStart(1));
        Advance(50);
        Push(time, 0, 10);
        Assert.Equal(100, time.NextTimer);
        Advance(99);
        Tick(time);
        Assert.Empty(SentWatermarks);
        Advance(100);
        Tick(time);
        Assert.Equal([10], SentWatermarks);
        Assert.DoesNotContain(Signal.Idle, _next.Signals);
        Assert.Equal(150, time.NextTimer);
    }

    [Fact]
    public void WhenAllAreSilentTheStreamIsIdleAtTheHighestWatermark()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic().WithIdleness(TimeSpan.FromTicks(100)));
        Push(time, 0, 10);
        Push(time, 1, 4);
        Advance(100);
        Tick(time);

        Assert.Equal([10], SentWatermarks);
        Assert.Equal(Signal.Idle, _next.Signals.Last(static s => !s.IsLocal));
        Assert.Equal(long.MaxValue, time.NextTimer);
        Push(time, 1, 11);
        Assert.Contains(Signal.Active, _next.Signals);
    }

    [Fact]
    public void RecordsOfASplitThatRejoinsBehindTheOthersSayWhyTheyAreLate()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic().WithIdleness(TimeSpan.FromTicks(100)));
        Send(time, Signal.SplitStart(0), Signal.SplitStart(1));
        Advance(50);
        Push(time, 0, 10);
        Advance(100);
        Tick(time);
        Push(time, 1, 4);
        Push(time, 1, 10);
        Push(time, 1, 12);

        Assert.Equal(
            [LateCause.BehindWatermark, LateCause.IdleInputRejoined, LateCause.IdleInputRejoined,
                LateCause.BehindWatermark],
            _next.Elements.Where(static e => e.Signal is null).Select(static e => e.LateCause));
        Assert.Equal([10], SentWatermarks);
    }

    [Fact]
    public void ASplitThatComesAtRunTimeCountsAsRejoining()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic());
        Push(time, 0, 10);
        Send(time, Signal.SplitStart(1));
        Push(time, 1, 3);
        Push(time, 0, 20);

        Assert.Equal([10, 20], SentWatermarks);
        Assert.Equal(LateCause.IdleInputRejoined, _next.Elements.Single(static e => e.Value == 3).LateCause);
    }

    [Fact]
    public void SelectManyKeepsTheSplitAndTheCauseOfItsRecords()
    {
        var expand = new SelectManyOperator<long, long>(static x => [x, x, x], _next, _bench.Context());
        Batch<long> batch = new BatchPool<long>(4).Rent();
        batch.Add(0, 1);
        (batch.Split, batch.LateCause) = (5, LateCause.IdleInputRejoined);
        expand.OnBatch(batch);
        _bench.Push(expand, [(1, 2L)], split: 6);
        _bench.Push(expand, Signal.End);

        Assert.Equal(
            [(5, LateCause.IdleInputRejoined), (6, LateCause.BehindWatermark)],
            _next.Elements.Where(static e => e.Signal is null).Select(static e => (e.Split, e.LateCause)).Distinct());
    }

    [Theory]
    [InlineData(FuturePolicy.Keep, new long[] { 5, 5_000, 7 })]
    [InlineData(FuturePolicy.Clamp, new long[] { 5, 1_100, 7 })]
    [InlineData(FuturePolicy.Reject, new long[] { 5, 7 })]
    public void ARecordFromTheFutureNeverMovesTime(FuturePolicy policy, long[] timestamps)
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic().WithFutureGuard(TimeSpan.FromTicks(100), policy));
        Advance(1_000);
        Push(time, 0, 5, 5_000, 7);

        Assert.Equal(timestamps, _next.Elements.Where(static e => e.Signal is null).Select(static e => e.Timestamp));
        Assert.Equal([7], SentWatermarks);
        if (policy == FuturePolicy.Reject)
        {
            FailedRecord failed = Assert.Single(_bench.Errors.Failed);
            FutureTimestampException error = Assert.IsType<FutureTimestampException>(failed.Exception);
            Assert.Equal(new Timestamp(5_000), error.Timestamp);
            Assert.Equal(new Timestamp(1_100), error.Latest);
        }
        else
        {
            Assert.Empty(_bench.Errors.Failed);
        }
    }

    [Fact]
    public void RejectedRecordsAnywhereInABatchLeaveTheOthersInOrder()
    {
        EventTimeOperator<long> time =
            Create(Watermarks.Monotonic().WithFutureGuard(TimeSpan.Zero, FuturePolicy.Reject));
        Advance(10);
        Push(time, 0, 99, 1, 98, 97);
        Push(time, 0, 99, 99, 99, 99);
        Push(time, 0, 2, 3, 99, 10);

        Assert.Equal([1, 2, 3, 10], _next.Values);
        Assert.Equal([1, 10], SentWatermarks);
        Assert.Equal(8, _bench.Errors.Failed.Count);
        Assert.Equal(0, _next.EmptyBatches);
    }

    private EventTimeOperator<long> Create(WatermarkStrategy<long> strategy, long granularity = 0) =>
        new(static x => new Timestamp(x), strategy, granularity, _next, _bench.Context());

    private void Push(EventTimeOperator<long> time, int split, params IEnumerable<long> timestamps) =>
        _bench.Push(time, timestamps.Select(static x => (0L, x)), split);

    private void Send(EventTimeOperator<long> time, params IEnumerable<Signal> signals)
    {
        foreach (Signal signal in signals)
        {
            _bench.Push(time, signal);
        }
    }

    private void Advance(long now) => (_bench.Clock.Now, _bench.Clock.Listening) = (now, now);

    private void Tick(EventTimeOperator<long> time) => _bench.Push(time, Signal.ProcessingTime(_bench.Clock.Now));
}
