using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

public class EventOrderOperatorTests
{
    private readonly Bench _bench = new();
    private readonly RecordingReceiver<string> _next = new();

    [Fact]
    public void RecordsComeByEventTimeAndTiesByArrivalBeforeTheWatermark()
    {
        Receiver<Batch<string>> order = Create(100);
        _bench.Push(order, [(5L, "a"), (3, "b"), (5, "c"), (9, "d"), (3, "e")]);
        Assert.Empty(_next.Elements);
        _bench.Push(order, Signal.Watermark(5));
        _bench.Push(order, Signal.Watermark(6));

        Assert.Equal(
            ["b", "e", "Watermark 5", "a", "c", "Watermark 6"],
            _next.Elements.Select(static e => e.Signal is { } s ? $"{s.Kind} {s.Value}" : e.Value));
        Assert.False(order.HoldsNothing);
        _bench.Push(order, Signal.Watermark(long.MaxValue));
        Assert.Equal("d", _next.Values.Last());
        Assert.True(order.HoldsNothing);
    }

    [Fact]
    public void OneRecordTooManyGoesToTheErrorPolicyWithWhatToDo()
    {
        Receiver<Batch<string>> order = Create(2);
        _bench.Push(order, [(5L, "a"), (3, "b"), (4, "c")]);
        FailedRecord failed = Assert.Single(_bench.Errors.Failed);
        Assert.Equal(("c", 4L), (failed.Record, failed.Timestamp));
        Assert.Contains("maxRecords", failed.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("WithIdleness", failed.Exception.Message, StringComparison.Ordinal);

        _bench.Push(order, Signal.Watermark(5));
        _bench.Push(order, [(6L, "d")]);
        _bench.Push(order, Signal.Watermark(10));
        Assert.Equal(["b", "a", "d"], _next.Values);
        Assert.Single(_bench.Errors.Failed);
    }

    [Fact]
    public void ARefusingReceiverGetsAllOfALongRelease()
    {
        var random = new Random(3);
        var refusing = new RecordingReceiver<string>(() => random.Next(3) == 0);
        Receiver<Batch<string>> order = Create(10_000, refusing);
        int[] times = [.. Enumerable.Range(0, 1_000)];
        random.Shuffle(times);
        _bench.Push(order, times.Select(static t => ((long)t, $"{t}")));
        _bench.Push(order, Signal.Watermark(long.MaxValue));

        Assert.Equal(Enumerable.Range(0, 1_000).Select(static t => $"{t}"), refusing.Values);
        Assert.Equal(long.MaxValue, refusing.Signals.Last().Value);
    }

    [Fact]
    public void TheEndsOfEventTimeAreInOrderToo()
    {
        Receiver<Batch<string>> order = Create(10);
        _bench.Push(order, [(long.MaxValue - 1, "z"), (long.MinValue + 1, "a"), (0L, "m"), (-7, "k")]);
        _bench.Push(order, Signal.Watermark(long.MaxValue));

        Assert.Equal(["a", "k", "m", "z"], _next.Values);
    }

    [Fact]
    public void ARecordBehindTheWatermarkIsLateAndSaysByHowMuch()
    {
        using var test = StreamTest.For((DataStream<string> input) =>
            (Timed(input).OrderByEventTime(out DataStream<Late<string>> late), late));
        test.Push(at: 3, "a").Watermark(5).ExpectOutput("a")
            .Push(at: 4, "late").Push(at: 5, "on time").Watermark(10).ExpectOutput("on time");

        Late<string> behind = Assert.Single(test.LateRecords);
        Assert.Equal(("late", TimeSpan.FromSeconds(1)), (behind.Value, behind.LateBy));
        Assert.Empty(behind.MissedWindows);
        Assert.Equal(LateReason.BehindWatermark, behind.Reason);
        Assert.DoesNotContain("missed", behind.ToString(), StringComparison.Ordinal);
        test.ExpectNoState();
    }

    [Fact]
    public async Task LateRecordsAreCountedWhereNobodyTakesThem()
    {
        StreamBuilder builder = StreamBuilder.Create("job");
        builder.From([3, 9, 1, 8, 12])
            .WithEventTime(static x => new Timestamp(x), Watermarks.Monotonic())
            .OrderByEventTime().Named("order").ForEach(static _ => { });
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 1 });
        await job.Completion;

        OperatorMetrics order = Assert.Single(job.GetMetrics().Of("order"));
        Assert.Equal((5, 2, 3), (order.RecordsIn, order.LateRecords, order.RecordsOut));
    }

    [Fact]
    public void NoRecordMayWaitIsRefusedAtTheCall()
    {
        DataStream<int> numbers = StreamBuilder.Create("p").From([1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.OrderByEventTime(maxRecords: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.KeyBy(static x => x).OrderByEventTime(maxRecords: 0));
    }

    private static DataStream<string> Timed(DataStream<string> input) =>
        input.WithEventTime(static _ => DateTimeOffset.UnixEpoch, Watermarks.Monotonic());

    private KeyByOperator<Unit, string> Create(int limit, RecordingReceiver<string>? next = null) => new(
        static _ => default,
        [new EventOrderOperator<Unit, string>(limit, next ?? _next, null, _bench.Context("order"))],
        _bench.Context("all"));
}
