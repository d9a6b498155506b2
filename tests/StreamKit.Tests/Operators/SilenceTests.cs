using FsCheck.Fluent;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Tests.Laws;
using StreamKit.Time;

namespace StreamKit.Tests.Operators;

/// <summary>When nothing comes at all, time goes on by the clock (SEMANTICS 4.9).</summary>
public class SilenceTests
{
    private const long After = 100;

    private readonly Bench _bench = new();
    private readonly RecordingReceiver<long> _next = new();

    private IEnumerable<long> SentWatermarks =>
        _next.Signals.Where(static s => s.Kind == SignalKind.Watermark).Select(static s => s.Value);

    [Fact]
    public void TheWatermarkAdvancesAtTheSpeedOfTheClockFromItsLastValue()
    {
        EventTimeOperator<long> time = Create(Bounded(5));
        Push(time, 50);
        Assert.Equal([45], SentWatermarks);
        Tick(time, 99);
        Tick(time, 100);
        Assert.Equal([45], SentWatermarks);
        Tick(time, 101);
        Tick(time, 130);
        Assert.Equal([45, 46, 75], SentWatermarks);
    }

    [Fact]
    public void ItIsOffUnlessAskedFor()
    {
        EventTimeOperator<long> time = Create(Watermarks.Monotonic());
        Push(time, 50);
        Tick(time, 1_000_000);
        Assert.Equal([50], SentWatermarks);
        Assert.Equal(long.MaxValue, time.NextTimer);
    }

    [Fact]
    public void ARecordStopsItAndTheNextSilenceBeginsAnew()
    {
        EventTimeOperator<long> time = Create(Bounded(0));
        Push(time, 50);
        Tick(time, 110);
        Push(time, 55);
        Tick(time, 209);
        Assert.Equal([50, 60], SentWatermarks);
        Tick(time, 211);
        Assert.Equal([50, 60, 61], SentWatermarks);
    }

    [Fact]
    public void WhatComesBehindAfterwardsSaysThatTimeWentOnWithoutIt()
    {
        EventTimeOperator<long> time = Create(Bounded(0));
        Push(time, 50);
        Tick(time, 110);
        Push(time, 55);
        Assert.Equal(LateCause.IdleInputRejoined, _next.Elements.Single(static e => e.Value == 55).LateCause);
    }

    [Fact]
    public void ARecordOnAnySplitBreaksTheSilence()
    {
        EventTimeOperator<long> time = Create(Bounded(0));
        Send(time, Signal.SplitStart(0), Signal.SplitStart(1));
        Push(time, 50, split: 0);
        Push(time, 50, split: 1);
        Tick(time, 90);
        Push(time, 51, split: 1);
        Tick(time, 180);
        Assert.Equal([50], SentWatermarks);
        Tick(time, 191);
        Assert.Equal([50, 51], SentWatermarks);
    }

    [Fact]
    public void WithoutAnyWatermarkThereIsNothingToAdvanceFrom()
    {
        EventTimeOperator<long> time = Create(Bounded(0));
        Send(time, Signal.SplitStart(0), Signal.SplitStart(1));
        Push(time, 50, split: 0);
        Tick(time, 10_000);
        Assert.Empty(SentWatermarks);
        Assert.Equal(long.MaxValue, time.NextTimer);
    }

    [Fact]
    public void ItWakesAtTheInstantAtWhichAWindowCanClose()
    {
        EventTimeOperator<long> time = Create(Bounded(0), granularity: 1_000);
        Push(time, 50);
        Assert.Equal(After + 950, time.NextTimer);
        Tick(time, 1_049);
        Assert.Equal([50], SentWatermarks);
        Tick(time, 1_050);
        Assert.Equal([50, 1_000], SentWatermarks);
        Assert.Equal(2_050, time.NextTimer);
    }

    [Fact]
    public void TimeThatTheStepCouldNotListenIsNoSilence()
    {
        EventTimeOperator<long> time = Create(Bounded(0));
        Push(time, 50);
        _bench.Clock.Now = 10_000;
        _bench.Push(time, Signal.ProcessingTime(10_000));
        Assert.Equal([50], SentWatermarks);
        Assert.True(time.NextTimer > 10_000);
    }

    [Fact]
    public void TimeThatASplitIsHeldIsNoSilence()
    {
        EventTimeOperator<long> time = Create(Bounded(0));
        Send(time, Signal.SplitStart(0));
        Push(time, 50);
        Tick(time, 40);
        Send(time, Signal.SplitHeld(0));
        Tick(time, 500);
        Send(time, Signal.SplitReleased(0));
        Assert.Equal([50], SentWatermarks);
        Tick(time, 560);
        Assert.Equal([50], SentWatermarks);
        Tick(time, 562);
        Assert.Equal([50, 52], SentWatermarks);
    }

    [Fact]
    public void AnIdleStreamStaysIdleWhileItsTimeGoesOn()
    {
        EventTimeOperator<long> time = Create(
            Bounded(0).WithIdleness(TimeSpan.FromTicks(30)));
        Push(time, 50);
        Tick(time, 30);
        Assert.Equal(Signal.Idle, _next.Signals.Last(static s => !s.IsLocal));
        Tick(time, 120);
        Assert.Equal([50, 70], SentWatermarks);
        Assert.Equal(Signal.Idle, _next.Signals.Last(static s => !s.IsLocal));
    }

    [Fact]
    public void AfterTheFlushOfAnIdleSplitTheClockGoesOnFromThere()
    {
        EventTimeOperator<long> time = Create(Bounded(0).WithIdleness(TimeSpan.FromTicks(150)));
        Send(time, Signal.SplitStart(0), Signal.SplitStart(1));
        Push(time, 50, split: 0);
        Push(time, 500, split: 1);
        Tick(time, 120);
        Assert.Equal([50, 70], SentWatermarks);
        Tick(time, 150);
        Tick(time, 160);
        Assert.Equal([50, 70, 500, 510], SentWatermarks);
    }

    [Fact]
    public void AtTheEndOfTimeThereIsNothingLeftToAdvance()
    {
        EventTimeOperator<long> time = Create(Bounded(0));
        Push(time, 50);
        Send(time, Signal.Watermark(long.MaxValue));
        Assert.Equal(long.MaxValue, time.NextTimer);
    }

    [Fact]
    public void ItNeverPassesTheHighestRecordPlusTheSilenceAndNeverStandsStillBeforeIt() => Law.Holds(
        (from bound in Gen.Choose(0, 60)
         from steps in Gen.ListOf(
             from record in Gen.Frequency((2, Gen.Constant(true)), (3, Gen.Constant(false)))
             from value in record ? Gen.Choose(-200, 200) : Gen.Choose(0, 180)
             select (record, value))
         select (bound, steps.ToList())).ToArbitrary(),
        static ((int Bound, List<(bool Record, int Value)> Steps) life) =>
        {
            var test = new SilenceTests();
            EventTimeOperator<long> time = test.Create(Bounded(life.Bound));
            long now = 0, heardAt = 0, highest = long.MinValue, atLast = long.MinValue, reached = long.MinValue;
            foreach ((bool isRecord, int value) in life.Steps)
            {
                if (isRecord)
                {
                    test.Push(time, value);
                    (heardAt, highest) = (now, Math.Max(highest, value));
                    atLast = reached = Math.Max(reached, highest - life.Bound);
                }
                else
                {
                    now += value;
                    test.Tick(time, now);
                    if (atLast != long.MinValue)
                    {
                        // The text: from its last value, at the speed of the clock, after so long a silence; never
                        // beyond the highest record plus the silence.
                        long byClock = atLast + Math.Max(0, now - heardAt - After);
                        reached = Math.Max(reached, Math.Min(byClock, highest + (now - heardAt)));
                    }
                }

                Assert.Equal(reached, test.SentWatermarks.DefaultIfEmpty(long.MinValue).Last());
                Assert.True(reached == long.MinValue || reached <= Math.Max(atLast, highest + (now - heardAt)));
            }
        });

    private static WatermarkStrategy Bounded(long ticks) =>
        Watermarks.BoundedOutOfOrderness(TimeSpan.FromTicks(ticks)).AdvanceWhenSilent(TimeSpan.FromTicks(After));

    private EventTimeOperator<long> Create(WatermarkStrategy<long> strategy, long granularity = 0) =>
        new(static x => new Timestamp(x), strategy, granularity, _next, _bench.Context());

    private void Push(EventTimeOperator<long> time, long timestamp, int split = 0) =>
        _bench.Push(time, [(0L, timestamp)], split);

    private void Send(EventTimeOperator<long> time, params IEnumerable<Signal> signals)
    {
        foreach (Signal signal in signals)
        {
            _bench.Push(time, signal);
        }
    }

    private void Tick(EventTimeOperator<long> time, long now)
    {
        (_bench.Clock.Now, _bench.Clock.Listening) = (now, now);
        _bench.Push(time, Signal.ProcessingTime(now));
    }
}
