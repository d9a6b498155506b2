using Microsoft.Extensions.Time.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>A running job says why a window has not closed, in words that a person understands.</summary>
public class ExplainTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly int s_noon = (int)s_start.AddHours(12).ToUnixTimeSeconds();

    private readonly FakeTimeProvider _clock = new(s_start.AddHours(12));
    private readonly ScriptedSink<WindowResult<string, long>> _sink = new();
    private readonly FedSplit _one = new("tweets/1");
    private readonly FedSplit _other = new("tweets/3");

    private static WatermarkStrategy Bounded => Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5));

    [Fact]
    public async Task ASplitThatNeverHadARecord()
    {
        await using StreamJob job = Start(Bounded);
        _one.Feed(s_noon + 30);
        await CountedAsync(job, 1);
        _clock.Advance(TimeSpan.FromSeconds(70));
        OperatorExplanation it = job.Explain("counts");

        Assert.Equal(WaitReason.NoRecordYet, it.Reason);
        Assert.Equal(("tweets", "tweets/3"), (it.HeldBackBy?.Source, it.HeldBackBy?.Split));
        Assert.Equal(Timestamp.MinValue, it.Watermark);
        Assert.Equal(Noon(60), it.ClosesAt);
        Assert.Null(it.Remaining);
        Assert.Equal(
            "'counts' waits: the window [12:00:00, 12:01:00) closes at 12:01:00; it has no watermark yet. "
            + "Split 'tweets/3' of 'tweets' holds it back: it has not had a record yet, since 12:00:00 "
            + "(1 min 10 s ago). WithIdleness would let the others go on.",
            it.ToString());
    }

    [Fact]
    public async Task ASplitThatIsSilent()
    {
        await using StreamJob job = Start(Bounded);
        _other.Feed(s_noon + 46);
        _one.Feed(s_noon + 50, s_noon + 90);
        await WatermarkAsync(job, 41);
        await CountedAsync(job, 3);
        _clock.Advance(TimeSpan.FromSeconds(130));
        OperatorExplanation it = job.Explain("counts");

        Assert.Equal(WaitReason.SilentSplit, it.Reason);
        Assert.Equal(TimeSpan.FromSeconds(19), it.Remaining);
        Assert.Equal(s_start.AddHours(12), it.Since);
        Assert.Equal(["counts", "key-by-3", "event-time-2", "tweets"], it.Chain);
        Assert.Equal(2, it.Splits.Count);
        Assert.Equal(2, it.Lanes.Count);
        Assert.Equal(new Window(Noon(0), Noon(60)), it.NextWindow);
        Assert.Equal(
            "'counts' waits: the window [12:00:00, 12:01:00) closes at 12:01:00; its watermark is 12:00:41, 19 s to "
            + "go. Split 'tweets/3' of 'tweets' holds it back: its latest record is of 12:00:46 (5 s bound); "
            + "nothing has come for 2 min 10 s. WithIdleness would let the others go on.",
            it.ToString());
    }

    [Fact]
    public async Task ASplitThatDeliversButIsBehind()
    {
        await using StreamJob job = Start(Bounded);
        _one.Feed(s_noon + 500);
        _other.Feed(s_noon + 10, s_noon + 20);
        await WatermarkAsync(job, 15);
        await CountedAsync(job, 3);
        OperatorExplanation it = job.Explain("counts");

        Assert.Equal(WaitReason.SlowSplit, it.Reason);
        Assert.Equal("tweets/3", it.HeldBackBy?.Split);
        Assert.EndsWith(
            "Split 'tweets/3' of 'tweets' holds it back: it delivers, but its latest record is of 12:00:20 "
            + "(5 s bound).",
            it.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllSplitsAreIdle()
    {
        await using StreamJob job = Start(Bounded.WithIdleness(TimeSpan.FromSeconds(30)));
        _one.Feed(s_noon + 50);
        _other.Feed(s_noon + 40);
        await CountedAsync(job, 2);
        await Eventually.TrueAsync(
            _clock, TimeSpan.FromSeconds(1), () => job.Explain("counts").Reason == WaitReason.AllIdle, "all are idle");
        OperatorExplanation it = job.Explain("counts");

        Assert.Null(it.HeldBackBy);
        Assert.NotNull(it.Since);
        Assert.All(it.Splits, static split => Assert.NotNull(split.IdleSince));
        Assert.Contains("All 2 splits are idle", it.ToString(), StringComparison.Ordinal);
        Assert.Contains("AdvanceWhenSilent would let time go on", it.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASplitThatIsHeldByAlignment()
    {
        WatermarkStrategy aligned = Bounded.WithAlignment("together", TimeSpan.FromSeconds(10));
        StreamBuilder builder = StreamBuilder.Create("aligned");
        Count(builder.From(new ScriptedSource<At>(_one.Reader), "clicks").WithEventTime(At.TimeOf, aligned)).To(_sink);
        builder.From(new ScriptedSource<At>(_other.Reader), "orders").WithEventTime(At.TimeOf, aligned)
            .ForEach(static _ => { });
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock });
        _other.Feed(s_noon);
        _one.Feed(Enumerable.Range(s_noon, 100));
        await Eventually.TrueAsync(
            () => job.Explain("counts").Reason == WaitReason.HeldByAlignment, "the split is held");
        await WatermarkAsync(job, 6);
        _clock.Advance(TimeSpan.FromSeconds(3));
        OperatorExplanation it = job.Explain("counts");

        Assert.Equal(("together", "orders/tweets/3"), (it.AlignmentGroup, it.SlowestOfGroup));
        Assert.EndsWith(
            "Split 'tweets/1' of 'clicks' holds it back: it is not read for 3 s, because the alignment group "
            + "'together' waits for 'orders/tweets/3'.",
            it.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASourceThatIsHeldByBackPressure()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamBuilder builder = StreamBuilder.Create("blocked");
        DataStream<At> timed = builder.From(new ScriptedSource<At>(_one.Reader), "tweets")
            .WithEventTime(At.TimeOf, Bounded);
        timed.To(new ScriptedSink<At> { OnWrite = token => gate.Task.WaitAsync(token) }, "archive");
        Count(timed).To(_sink);
        var options = new JobOptions { Clock = _clock, ChannelCapacity = 1, Parallelism = 1 };
        await using StreamJob job = builder.Build().Start(options);
        _one.Feed(Enumerable.Range(s_noon, 50));

        // Others may be slow for a moment; the archive is for good.
        OperatorExplanation it = job.Explain("counts");
        await Eventually.TrueAsync(
            _clock,
            TimeSpan.FromMilliseconds(100),
            () => (it = job.Explain("counts")) is { Reason: WaitReason.BackPressure, BlockedBy: "archive" },
            "the source waits for room");
        Assert.True(it.TakenAt - it.Since >= TimeSpan.FromSeconds(1));
        Assert.Contains("'tweets' is not read for", it.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("because 'archive' is full or slow.", it.ToString(), StringComparison.Ordinal);
        gate.SetResult();
        _one.End();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    [Fact]
    public async Task AWatermarkThatIsOnItsWay()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new ScriptedSink<Late<At>> { OnWrite = token => gate.Task.WaitAsync(token) };
        StreamBuilder builder = StreamBuilder.Create("on-its-way");
        builder.From(new ScriptedSource<At>(_one.Reader), "tweets").WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .SideOutputLate(out DataStream<Late<At>> late)
            .Count().Named("counts").To(_sink);
        late.To(sink, "late");

        // Each late record is a full batch, which is not put together with others on the way to the sink.
        var options = new JobOptions { Clock = _clock, ChannelCapacity = 1, Parallelism = 1, BatchSize = 1 };
        await using StreamJob job = builder.Build().Start(options);

        _one.Feed([s_noon + 100, .. Enumerable.Repeat(s_noon, 3), s_noon + 200]);
        OperatorExplanation it = job.Explain("counts");
        await Eventually.TrueAsync(
            () => (it = job.Explain("counts")) is { Reason: WaitReason.OnItsWay, BlockedBy: "late" },
            "the watermark waits before the lane");
        Assert.Contains("is on its way", it.ToString(), StringComparison.Ordinal);
        Assert.Contains("'late' behind it is full or slow", it.ToString(), StringComparison.Ordinal);
        gate.SetResult();
        _one.End();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    [Fact]
    public async Task AJobThatHasFinished()
    {
        await using StreamJob job = Start(Bounded);
        _one.Feed(s_noon).End();
        _other.End();
        await Eventually.WithinLimitAsync(job.Completion);
        OperatorExplanation it = job.Explain("counts");

        Assert.Equal((WaitReason.Finished, Timestamp.MaxValue), (it.Reason, it.Watermark));
        Assert.Null(it.ClosesAt);
        Assert.Equal(
            "'counts' has finished. Event time has ended: every window has said its result.", it.ToString());
    }

    [Fact]
    public async Task RecordsThatMadeNoWatermark()
    {
        await using StreamJob job = Start(Watermarks.Punctuated<At>(static _ => null));
        _one.Feed(s_noon);
        _other.Feed(s_noon);
        await CountedAsync(job, 2);
        OperatorExplanation it = job.Explain("counts");
        Assert.Equal(WaitReason.NoWatermarkYet, it.Reason);
        Assert.Contains("none of them has made a watermark", it.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterAWindowHasClosedNothingIsOpen()
    {
        await using StreamJob job = Start(Watermarks.Monotonic());
        _one.Feed(s_noon, s_noon + 60);
        _other.Feed(s_noon + 120);
        await Eventually.TrueAsync(() => _sink.Records.Count == 1, "the first window closed");
        Assert.Equal(Noon(120), job.Explain("counts").ClosesAt);
        _one.End();
        await Eventually.TrueAsync(() => _sink.Records.Count == 2, "the second one closed");
        Assert.Equal(Noon(180), job.Explain("counts").ClosesAt);
    }

    [Fact]
    public async Task EveryOperatorCanBeAskedAndAnUnknownNameListsThem()
    {
        await using StreamJob job = Start(Bounded);
        _one.Feed(s_noon + 30);
        _other.Feed(s_noon + 30);
        await CountedAsync(job, 2);
        Assert.Equal(WaitReason.NoEventTime, job.Explain("tweets").Reason);
        Assert.Equal(Noon(25), job.Explain("event-time-2").Watermark);
        Assert.Equal(Noon(25), job.Explain("key-by-3").Watermark);
        ArgumentException unknown = Assert.Throws<ArgumentException>(() => job.Explain("count"));
        Assert.Contains(
            "no operator 'count' that could be asked. "
            + "It has: 'tweets', 'event-time-2', 'key-by-3', 'counts', 'sink-5'.",
            unknown.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASessionClosesAtTheEarliest()
    {
        StreamBuilder builder = StreamBuilder.Create("sessions");
        builder.From(new ScriptedSource<At>(_one.Reader), "tweets").WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static r => r.Key).Window(TimeWindows.Session(TimeSpan.FromSeconds(30))).Count().Named("counts")
            .To(_sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 1 });
        _one.Feed(s_noon, s_noon + 10);
        await Eventually.TrueAsync(() => job.Explain("counts").ClosesAt == Noon(30), "the session is known");
        OperatorExplanation it = job.Explain("counts");
        Assert.Equal((Noon(30), (Window?)null), (it.ClosesAt, it.NextWindow));
        Assert.Contains("a session closes at 12:00:30 at the earliest", it.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CappedSessionsAndWindowsWithTriggersSayWhatClosesNext(bool capped)
    {
        StreamBuilder builder = StreamBuilder.Create("others");
        KeyedStream<string, At> keyed = builder.From(new ScriptedSource<At>(_one.Reader), "tweets")
            .WithEventTime(At.TimeOf, Watermarks.Monotonic()).KeyBy(static r => r.Key);
        WindowedStream<string, At> windows = capped
            ? keyed.Window(TimeWindows.Session(TimeSpan.FromSeconds(30)).MaxDuration(TimeSpan.FromHours(1)))
            : keyed.Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(30))).Early(Triggers.EveryRecords(5));
        windows.Count().AsAppend().Named("counts").To(_sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 1 });
        _one.Feed(s_noon, s_noon + 10);
        string name = job.GetMetrics().Operators.First(o => o.Operator.StartsWith("window", StringComparison.Ordinal))
            .Operator;
        await Eventually.TrueAsync(() => job.Explain(name).ClosesAt == Noon(30), "what closes next is known");
    }

    [Fact]
    public async Task AnotherDayIsSaidWithItsDate()
    {
        await using StreamJob job = Start(Bounded);
        _one.Feed(s_noon - 86_400);
        _other.Feed(s_noon - 86_400);
        await CountedAsync(job, 2);
        string text = job.Explain("counts").ToString();
        Assert.Contains("[2026-11-22 12:00:00, 2026-11-22 12:01:00)", text, StringComparison.Ordinal);
    }

    private static Timestamp Noon(int plusSeconds) => Timestamp.FromUnixTimeSeconds(s_noon + plusSeconds);

    private static Task CountedAsync(StreamJob job, int records) => Eventually.TrueAsync(
        () => job.GetMetrics().Of("counts").Sum(static lane => lane.RecordsIn) == records, "the records are counted");

    private static Task WatermarkAsync(StreamJob job, int plusSeconds) => Eventually.TrueAsync(
        () => job.Explain("counts").Watermark == Noon(plusSeconds), "the watermark is there");

    private static DataStream<WindowResult<string, long>> Count(DataStream<At> stream) => stream
        .KeyBy(static r => r.Key)
        .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
        .Count().Named("counts");

    private StreamJob Start(WatermarkStrategy<At> strategy)
    {
        StreamBuilder builder = StreamBuilder.Create("explained");
        var source = new ScriptedSource<At>(_one.Reader, _other.Reader);
        Count(builder.From(source, "tweets").WithEventTime(At.TimeOf, strategy)).To(_sink);
        return builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 2 });
    }
}
