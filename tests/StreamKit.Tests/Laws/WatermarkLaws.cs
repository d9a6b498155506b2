using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;

namespace StreamKit.Tests.Laws;

/// <summary>Splits and inputs are merged as the oracle merges them, through the operators that do it.</summary>
public class WatermarkLaws
{
    [Fact]
    public void TheEventTimeOperatorMergesItsSplitsAsTheOracleDoes() => Law.Holds(StreamArbitraries.Merges(), merge =>
    {
        var oracle = new OracleWatermarkMerge(merge.Inputs);
        var log = new SignalLog<long>();
        EventTimeOperator<long> operation = EventTime(log);
        for (int split = 0; split < merge.Inputs; split++)
        {
            operation.OnSignal(Signal.SplitStart(split));
        }

        foreach (MergeStep step in merge.Steps)
        {
            Feed(oracle, step);
            if (step.Signal == MergeSignal.Watermark)
            {
                operation.OnBatch(Record(step));
            }
            else
            {
                operation.OnSignal(step.Signal switch
                {
                    MergeSignal.Idle => Signal.SplitIdle(step.Input),
                    MergeSignal.Active => Signal.SplitActive(step.Input),
                    _ => Signal.SplitEnd(step.Input),
                });
            }

            AssertSame(oracle, log, step);
        }
    });

    [Fact]
    public void AStageMergesItsInputsAsTheOracleDoes() => Law.Holds(StreamArbitraries.Merges(), merge =>
    {
        var oracle = new OracleWatermarkMerge(merge.Inputs);
        var log = new SignalLog<long>();
        var inputs = new InputMerge<Batch<long>>(log);
        for (int input = 0; input < merge.Inputs; input++)
        {
            inputs.AddInput();
        }

        foreach (MergeStep step in merge.Steps)
        {
            Feed(oracle, step);
            inputs.OnSignal(step.Input, step.Signal switch
            {
                MergeSignal.Watermark => Signal.Watermark(step.Value),
                MergeSignal.Idle => Signal.Idle,
                MergeSignal.Active => Signal.Active,
                _ => Signal.End,
            });
            AssertSame(oracle, log, step);
        }
    });

    [Fact]
    public void RecordsBehindAfterIdlenessSayWhyTheyAreLate()
    {
        var log = new SignalLog<long>();
        EventTimeOperator<long> operation = EventTime(log);
        operation.OnSignal(Signal.SplitStart(0));
        operation.OnSignal(Signal.SplitStart(1));
        operation.OnBatch(Record(new(1, MergeSignal.Watermark, 4)));
        operation.OnSignal(Signal.SplitIdle(1));
        operation.OnBatch(Record(new(0, MergeSignal.Watermark, 10)));
        operation.OnBatch(Record(new(1, MergeSignal.Watermark, 6)));
        operation.OnBatch(Record(new(1, MergeSignal.Watermark, 20)));
        operation.OnBatch(Record(new(1, MergeSignal.Watermark, 12)));

        Assert.Equal(
            [
                LateCause.BehindWatermark, LateCause.BehindWatermark,
                LateCause.IdleInputRejoined, LateCause.IdleInputRejoined, LateCause.BehindWatermark,
            ],
            log.Causes);
        Assert.Equal(10, log.Watermark);
    }

    [Fact]
    public void OnlyWatermarksThatPassABoundaryAreSent() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        const long Granularity = 7;
        var log = new SignalLog<long>();
        var operation = new EventTimeOperator<long>(
            static t => new Timestamp(t), Watermarks.Monotonic(), Granularity, log, Context());
        long highest = long.MinValue;
        foreach (OracleElement<int, int> element in stream.Elements)
        {
            operation.OnBatch(Record(new(0, MergeSignal.Watermark, element.Timestamp)));
            highest = Math.Max(highest, element.Timestamp);

            Assert.Equal(
                TickMath.AlignedStart(highest, Granularity, 0), TickMath.AlignedStart(log.Watermark, Granularity, 0));
            Assert.False(log.Fell);
        }
    });

    private static void AssertSame(OracleWatermarkMerge oracle, SignalLog<long> log, MergeStep step)
    {
        Assert.True(oracle.Output == log.Watermark, $"{step}: {oracle.Output} expected, {log.Watermark} sent");
        Assert.True(oracle.IsIdle == log.IsIdle, $"{step}: idle {oracle.IsIdle} expected, {log.IsIdle} sent");
        Assert.False(log.Fell);
    }

    private static void Feed(OracleWatermarkMerge oracle, MergeStep step)
    {
        switch (step.Signal)
        {
            case MergeSignal.Watermark:
                oracle.Watermark(step.Input, step.Value);
                break;
            case MergeSignal.Idle:
                oracle.Idle(step.Input);
                break;
            case MergeSignal.Active:
                oracle.Active(step.Input);
                break;
            default:
                oracle.Done(step.Input);
                break;
        }
    }

    private static EventTimeOperator<long> EventTime(SignalLog<long> log) =>
        new(static t => new Timestamp(t), Watermarks.Monotonic(), granularity: 0, log, Context());

    private static OperatorContext Context() =>
        new("event-time", 0, new SubtaskClock(), new NoErrors()) { BatchSize = 4, HashSeed = 1 };

    private static Batch<long> Record(MergeStep step)
    {
        Batch<long> batch = new BatchPool<long>(4).Rent();
        batch.Add(long.MinValue, step.Value);
        batch.Split = step.Input;
        return batch;
    }

    private sealed class NoErrors : ErrorReporter
    {
        public override bool GoesOn => false;

        public override void Report(in FailedRecord failed) =>
            throw new InvalidOperationException("No record fails here.");
    }
}
