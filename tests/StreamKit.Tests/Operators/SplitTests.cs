using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Tests.Operators;

/// <summary>Splits that are held, retired or come back, as the operators see them.</summary>
public class SplitTests
{
    private readonly Bench _bench = new();
    private readonly RecordingReceiver<long> _next = new();

    [Fact]
    public void TimeThatASplitIsHeldIsNotIdleTime()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic().WithIdleness(TimeSpan.FromTicks(100)));
        Send(time, Signal.SplitStart(0), Signal.SplitStart(1));
        Push(time, 0, 50);
        Advance(40);
        Push(time, 1, 10);
        Send(time, Signal.SplitHeld(0));
        Tick(time, 130);
        Tick(time, 139);
        Assert.Equal([10], SentWatermarks());
        Send(time, Signal.SplitReleased(0));
        Tick(time, 140);
        Assert.Equal([10, 50], SentWatermarks());
        Tick(time, 198);
        Assert.DoesNotContain(Signal.Idle, _next.Signals);
        Tick(time, 199);
        Assert.Contains(Signal.Idle, _next.Signals);
    }

    [Fact]
    public void AHeldSplitSetsNoTimer()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic().WithIdleness(TimeSpan.FromTicks(100)));
        Push(time, 0, 50);
        Assert.Equal(100, time.NextTimer);
        Send(time, Signal.SplitHeld(0));
        Assert.Equal(long.MaxValue, time.NextTimer);
    }

    [Fact]
    public void SplitsThatEndWhileOthersMayComeAreForgotten()
    {
        OperatorContext context = _bench.Context();
        var time = new EventTimeOperator<long>(static x => new Timestamp(x), Watermarks.Monotonic(), 0, _next, context);
        for (int split = 0; split < 1_000; split++)
        {
            Send(time, Signal.SplitStart(split));
            Push(time, split, split);
            Send(time, Signal.SplitRetired(split));
            Assert.Empty(context.Counters.Splits);
        }

        Assert.Equal(999, SentWatermarks().Last());
        Assert.DoesNotContain(long.MaxValue, SentWatermarks());
        Assert.Equal(Signal.Idle, _next.Signals.Last());
        Send(time, Signal.Watermark(long.MaxValue));
        Assert.Equal(long.MaxValue, SentWatermarks().Last());
    }

    [Fact]
    public void AnInputThatComesBackToAMergeSaysWhyItsRecordsAreLate()
    {
        var merge = new InputMerge<Batch<long>>(_next);
        int one = merge.AddInput(), other = merge.AddInput();
        merge.OnSignal(one, Signal.Watermark(10));
        merge.OnSignal(other, Signal.Watermark(4));
        merge.OnSignal(other, Signal.Idle);
        merge.OnSignal(other, Signal.Active);
        merge.OnBatch(other, Record(1));
        merge.OnBatch(one, Record(2));
        merge.OnSignal(other, Signal.Watermark(12));
        merge.OnBatch(other, Record(3));

        Assert.Equal(
            [(1, LateCause.IdleInputRejoined), (2, LateCause.BehindWatermark), (3, LateCause.BehindWatermark)],
            _next.Elements.Where(static e => e.Signal is null).Select(static e => (e.Value, e.LateCause)));
    }

    [Fact]
    public void AnInputOfLanesThatComesBackSaysSoOfItsKeyedRecords()
    {
        KeyedBatch<int, long> batch = new KeyedBatchPool<int, long>(4).Rent(Record(1));
        ((ICausesLateness)batch).LateCause = LateCause.IdleInputRejoined;
        Assert.Equal(LateCause.IdleInputRejoined, batch.Records.LateCause);
    }

    [Fact]
    public void TheOriginOfASplitTravelsWithItsNewNumber()
    {
        var tag = new SplitTagOperator<long>(static () => 7, _next);
        var origin = new SplitOrigin("tweets", "a/0");
        tag.OnSignal(Signal.SplitStart(2, origin));
        tag.OnSignal(Signal.SplitHeld(2));
        tag.OnSignal(Signal.SplitReleased(2));
        tag.OnSignal(Signal.SplitRetired(2));

        Assert.Equal(
            [Signal.SplitStart(7, origin), Signal.SplitHeld(7), Signal.SplitReleased(7), Signal.SplitRetired(7)],
            _next.Signals);
        Assert.Same(origin, _next.Signals.First().Origin);
    }

    private static Batch<long> Record(long value)
    {
        Batch<long> batch = new BatchPool<long>(4).Rent();
        batch.Add(value, value);
        return batch;
    }

    private IEnumerable<long> SentWatermarks() =>
        _next.Signals.Where(static s => s.Kind == SignalKind.Watermark).Select(static s => s.Value);

    private EventTimeOperator<long> Create(WatermarkStrategy<long> strategy) =>
        new(static x => new Timestamp(x), strategy, 0, _next, _bench.Context());

    private void Push(EventTimeOperator<long> time, int split, long timestamp) =>
        _bench.Push(time, [(0L, timestamp)], split);

    private void Send(EventTimeOperator<long> time, params IEnumerable<Signal> signals)
    {
        foreach (Signal signal in signals)
        {
            _bench.Push(time, signal);
        }
    }

    private void Advance(long now) => (_bench.Clock.Now, _bench.Clock.Listening) = (now, now);

    private void Tick(EventTimeOperator<long> time, long now)
    {
        Advance(now);
        _bench.Push(time, Signal.ProcessingTime(now));
    }
}
