using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>Records from the future go aside, and everything keeps its order.</summary>
public class FutureGuardTests
{
    private readonly Bench _bench = new();
    private readonly RecordingReceiver<long> _next = new();
    private readonly RecordingReceiver<Late<long>> _future = new();

    [Fact]
    public void ARecordBeyondTheGuardComesOnceToTheSecondOutputAndNeverMovesTime()
    {
        OperatorContext context = _bench.Context();
        EventTimeOperator<long> time = Create(_next, _future, context);
        _bench.Clock.Now = 1_000;
        Push(time, 900, 5_000, 950);
        Push(time, 6_000, 7_000);

        Assert.Equal([900, 950], _next.Values);
        Assert.Equal([5_000, 6_000, 7_000], _future.Values.Select(static late => late.Value));
        Late<long> first = _future.Values.First();
        Assert.Equal((new Timestamp(5_000), LateReason.FutureGuard, false), (
            first.Timestamp, first.Reason, first.AcceptedByOthers));
        Assert.Empty(first.MissedWindows);
        Assert.Equal(TimeSpan.Zero, first.LateBy);
        Assert.Equal([950], Watermarks(_next));
        Assert.Equal([950], Watermarks(_future));
        Assert.Equal(3, context.Counters.FutureRecords);
        Assert.Equal(0, _next.EmptyBatches + _future.EmptyBatches);
    }

    [Fact]
    public void AtTheEdgeOfTheGuardARecordIsStillAllowed()
    {
        EventTimeOperator<long> time = Create(_next, _future, _bench.Context());
        _bench.Clock.Now = 1_000;
        Push(time, 1_100, 1_101);
        Assert.Equal([1_100], _next.Values);
        Assert.Equal([1_101], _future.Values.Select(static late => late.Value));
    }

    [Fact]
    public void NothingIsLostWhenEitherOutputIsFull()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var bench = new Bench();
            var next = new RecordingReceiver<long>(() => random.Next(3) == 0);
            var future = new RecordingReceiver<Late<long>>(() => random.Next(3) == 0);
            EventTimeOperator<long> time = Create(next, future, bench.Context());
            bench.Clock.Now = 1_000;
            long[] records = [.. Enumerable.Range(0, 60).Select(i => random.Next(2) == 0 ? i : 5_000L + i)];
            bench.Push(time, records.Select(static x => (0L, x)));
            bench.Push(time, Signal.Watermark(long.MaxValue));
            bench.Push(time, Signal.End);

            Assert.Equal(records.Where(static x => x < 5_000), next.Values);
            Assert.Equal(records.Where(static x => x >= 5_000), future.Values.Select(static late => late.Value));
            Assert.Equal(Watermarks(next), Watermarks(future));
            Assert.Equal(Signal.End, next.Elements[^1].Signal);
            Assert.Equal(Signal.End, future.Elements[^1].Signal);
        }
    }

    [Fact]
    public void TheReasonIsReadInItsText() => Assert.Contains(
        "further in the future than the guard allows",
        new Late<int>(1, new Timestamp(5), Timestamp.MinValue, [], false, LateReason.FutureGuard).ToString(),
        StringComparison.Ordinal);

    private static IEnumerable<long> Watermarks<T>(RecordingReceiver<T> receiver) => receiver.Signals
        .Where(static s => s.Kind == SignalKind.Watermark).Select(static s => s.Value);

    private static EventTimeOperator<long> Create(
        RecordingReceiver<long> next, RecordingReceiver<Late<long>> future, OperatorContext context) =>
        new(
            static x => new Timestamp(x),
            StreamKit.Watermarks.Monotonic().WithFutureGuard(TimeSpan.FromTicks(100), FuturePolicy.SideOutput),
            granularity: 0,
            next,
            context,
            future);

    private void Push(EventTimeOperator<long> time, params IEnumerable<long> timestamps) =>
        _bench.Push(time, timestamps.Select(static x => (0L, x)));
}
