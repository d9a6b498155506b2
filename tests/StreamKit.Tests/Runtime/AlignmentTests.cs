using Microsoft.Extensions.Time.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>Jobs whose sources are kept together, by a clock that only the tests move.</summary>
public class AlignmentTests
{
    private const int Drift = 10;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly ScriptedSink<WindowResult<string, long>> _sink = new();
    private readonly FedSplit _fast = new("fast");
    private readonly FedSplit _slow = new("slow");

    private static WatermarkStrategy Aligned =>
        Watermarks.Monotonic().WithAlignment("all", TimeSpan.FromSeconds(Drift));

    [Fact]
    public async Task AFastSourceIsNeverFurtherAheadThanTheDriftAndOneBatch()
    {
        await using StreamJob job = Start(Aligned);
        _fast.Feed(Enumerable.Range(0, 1_000));
        await HeldAsync(job, "fast");
        Assert.Equal(1, _fast.Reads);
        foreach (int reached in (int[])[0, 5, 90, 400])
        {
            _slow.Feed(reached);
            await Eventually.TrueAsync(() => _fast.LastSecond >= reached + Drift, "the fast one follows");
            await HeldAsync(job, "fast");
            Assert.True(_fast.LastSecond <= reached + Drift + 1, $"{_fast.LastSecond} is too far ahead of {reached}");
            AssertFewOpenWindows(job);
        }

        _slow.End();
        _fast.End();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(1_000, _sink.Records.Where(static w => w.Key == "fast").Sum(static w => w.Value));
        Assert.Equal(0, job.GetMetrics().LateRecords);
    }

    [Fact]
    public async Task ASourceThatOpensLateIsWaitedFor()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamJob job = Start(Aligned, openSlow: opened.Task);
        _fast.Feed(Enumerable.Range(0, 100)).End();
        await HeldAsync(job, "fast");
        Assert.Equal(1, _fast.Reads);
        _slow.Feed(200).End();
        opened.SetResult();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(100, _fast.Reads);
    }

    [Fact]
    public async Task ASourceThatEndsWithoutARecordHoldsNobody()
    {
        _slow.End();
        _fast.Feed(Enumerable.Range(0, 100)).End();
        await using StreamJob job = Start(Aligned);
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(100, _fast.Reads);
    }

    [Fact]
    public async Task ASourceThatFallsSilentHoldsTheOthersUntilItIsIdle()
    {
        await using StreamJob job = Start(Aligned.WithIdleness(TimeSpan.FromSeconds(30)));
        _slow.Feed(0);
        _fast.Feed(Enumerable.Range(0, 500));
        await HeldAsync(job, "fast");
        Assert.Equal(Drift + 1, _fast.LastSecond);
        await Eventually.TrueAsync(
            _clock, TimeSpan.FromSeconds(1), () => _fast.LastSecond == 499, "the silent one was left behind");

        // What comes back counts again.
        _slow.Feed(1);
        await Eventually.TrueAsync(() => _slow.Reads == 2, "it came back");
        _fast.Feed(500, 501, 502);
        await HeldAsync(job, "fast");
        Assert.True(_fast.LastSecond <= 500);
        _slow.End();
        _fast.End();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    [Fact]
    public async Task TheTimeThatASplitIsHeldIsNotItsSilence()
    {
        await using StreamJob job = Start(Aligned, _ => Aligned.WithIdleness(TimeSpan.FromSeconds(30)));
        _slow.Feed(0);
        _fast.Feed(Enumerable.Range(0, 100));
        await HeldAsync(job, "fast");
        _clock.Advance(TimeSpan.FromMinutes(10));
        SplitExplanation fast = job.Explain("counts").Splits.Single(static s => s.Split == "fast");
        Assert.Null(fast.IdleSince);
        Assert.NotNull(fast.HeldSince);
        _slow.Feed(1_000).End();
        _fast.End();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    [Fact]
    public async Task SplitsOfOneSourceAreKeptTogetherToo()
    {
        StreamBuilder builder = StreamBuilder.Create("splits");
        var both = new ScriptedSource<At>(_fast.Reader, _slow.Reader);
        Count(builder.From(both, "both").WithEventTime(At.TimeOf, Aligned)).To(_sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 2 });
        _slow.Feed(0);
        _fast.Feed(Enumerable.Range(0, 100));
        await HeldAsync(job, "fast");
        Assert.Equal(Drift + 1, _fast.LastSecond);
        _slow.Feed(50);
        await Eventually.TrueAsync(() => _fast.LastSecond == 50 + Drift + 1, "it goes on");
        _slow.End();
        _fast.End();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(102, _sink.Records.Sum(static w => w.Value));
    }

    [Fact]
    public async Task SourcesThatFlowTogetherBeforeTheyHaveEventTimeAreKeptTogether()
    {
        StreamBuilder builder = StreamBuilder.Create("merged");
        DataStream<At> merged = builder.From(new ScriptedSource<At>(_fast.Reader), "fast")
            .Merge(builder.From(new ScriptedSource<At>(_slow.Reader), "slow"));
        Count(merged.WithEventTime(At.TimeOf, Aligned)).To(_sink);
        var options = new JobOptions { Clock = _clock, ChannelCapacity = 2 };
        await using StreamJob job = builder.Build().Start(options);
        _slow.Feed(0);
        _fast.Feed(Enumerable.Range(0, 1_000));
        await HeldAsync(job, "fast");

        // What is in the channel between them, and in hands at both its ends, was read before anybody knew its time.
        Assert.InRange(_fast.LastSecond, Drift, Drift + 1 + (2 * options.ChannelCapacity) + 4);
        _slow.End();
        _fast.End();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(1_001, _sink.Records.Sum(static w => w.Value));
    }

    [Fact]
    public async Task AGroupWhoseSlowestIsBlockedFurtherDownGoesOnWhenThereIsRoom()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamBuilder builder = StreamBuilder.Create("blocked");
        var blocked = new ScriptedSink<At> { OnWrite = token => gate.Task.WaitAsync(token) };
        DataStream<At> slow = builder.From(new ScriptedSource<At>(_slow.Reader), "slow")
            .WithEventTime(At.TimeOf, Aligned);
        slow.To(blocked);
        DataStream<At> fast = builder.From(new ScriptedSource<At>(_fast.Reader), "fast")
            .WithEventTime(At.TimeOf, Aligned);
        Count(fast.Merge(slow)).To(_sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock, ChannelCapacity = 1 });
        _slow.Feed(Enumerable.Range(0, 300)).End();
        _fast.Feed(Enumerable.Range(0, 300)).End();
        await Eventually.TrueAsync(() => _slow.Reads > 0, "the slow one is read");
        await HeldAsync(job, "fast");
        Assert.True(_fast.LastSecond <= _slow.LastSecond + Drift + 1);
        gate.SetResult();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(600, _sink.Records.Sum(static w => w.Value));
    }

    [Fact]
    public async Task AJobWithAHeldSplitCanBeDrained()
    {
        await using StreamJob job = Start(Aligned);
        _slow.Feed(0);
        _fast.Feed(Enumerable.Range(0, 100));
        await HeldAsync(job, "fast");
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken));
        Assert.Equal(
            _fast.Reads + 1, _sink.Records.Sum(static w => w.Value));
    }

    [Fact]
    public async Task AJobWithAHeldSplitCanBeAborted()
    {
        await using StreamJob job = Start(Aligned);
        _slow.Feed(0);
        _fast.Feed(Enumerable.Range(0, 100));
        await HeldAsync(job, "fast");
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken));
        Assert.Empty(_sink.Records);
    }

    [Fact]
    public async Task GroupsOfDifferentNamesDoNotKnowEachOther()
    {
        await using StreamJob job = Start(
            Aligned, _ => Watermarks.Monotonic().WithAlignment("other", TimeSpan.FromSeconds(1)));
        _fast.Feed(Enumerable.Range(0, 100));
        await Eventually.TrueAsync(() => _fast.Reads == 100, "nobody holds it");
        _slow.End();
        _fast.End();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    [Fact]
    public async Task AlignmentChangesNoResult()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            FedSplit[] splits = [.. Enumerable.Range(0, 4).Select(static i => new FedSplit($"s{i}"))];
            foreach (FedSplit split in splits)
            {
                split.Feed(Enumerable.Range(0, 40).Select(i => i * random.Next(1, 5)).Order()).End();
            }

            var sink = new ScriptedSink<WindowResult<string, long>>();
            StreamBuilder builder = StreamBuilder.Create("random");
            var drift = TimeSpan.FromSeconds(random.Next(0, 30));
            WatermarkStrategy near = Watermarks.Monotonic().WithAlignment("g", drift);
            DataStream<At> one = builder.From(new ScriptedSource<At>(splits[0].Reader, splits[1].Reader))
                .WithEventTime(At.TimeOf, near);
            DataStream<At> other = builder.From(new ScriptedSource<At>(splits[2].Reader, splits[3].Reader))
                .WithEventTime(At.TimeOf, near);
            Count(one.Merge(other)).To(sink);
            await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 2, Clock = _clock });
            await Eventually.WithinLimitAsync(job.Completion);

            Assert.Equal(160, sink.Records.Sum(static w => w.Value));
            Assert.Equal(0, job.GetMetrics().LateRecords);
        }
    }

    [Fact]
    public void AlignmentOnASecondEventTimeIsRefused()
    {
        StreamBuilder builder = StreamBuilder.Create("twice");
        builder.From([new At(1, "a")]).WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .WithEventTime(At.TimeOf, Aligned).Named("second").ForEach(static _ => { });
        PipelineException mistakes = Assert.Throws<PipelineException>(builder.Build);
        Assert.Contains("'second' is in the alignment group 'all'", mistakes.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheGroupMustHaveANameAndTheDriftMustNotBeNegative()
    {
        Assert.Throws<ArgumentException>(static () => Watermarks.Monotonic().WithAlignment(" ", TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(
            static () => Watermarks.Monotonic().WithAlignment("g", TimeSpan.FromTicks(-1)));
    }

    private static Task HeldAsync(StreamJob job, string split) => Eventually.TrueAsync(
        () => job.Explain("counts").Splits.Any(s => s.Split == split && s.HeldSince is not null), $"'{split}' is held");

    private static DataStream<WindowResult<string, long>> Count(DataStream<At> stream) => stream
        .KeyBy(static r => r.Key)
        .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
        .Count().Named("counts");

    // Memory is bounded by what a split can be ahead, whatever waits in it.
    private static void AssertFewOpenWindows(StreamJob job) => Assert.All(
        job.GetMetrics().Of("counts"), static lane => Assert.InRange(lane.OpenWindows, 0, Drift + 3));

    private StreamJob Start(
        WatermarkStrategy strategy, Func<WatermarkStrategy, WatermarkStrategy>? forFast = null, Task? openSlow = null)
    {
        StreamBuilder builder = StreamBuilder.Create("aligned");
        DataStream<At> fast = builder.From(new ScriptedSource<At>(_fast.Reader), "fast")
            .WithEventTime(At.TimeOf, forFast?.Invoke(strategy) ?? strategy);
        DataStream<At> slow = builder
            .From(
                new ScriptedSource<At>(_slow.Reader)
                {
                    OnOpen = (_, token) => openSlow?.WaitAsync(token) ?? Task.CompletedTask,
                },
                "slow")
            .WithEventTime(At.TimeOf, strategy);
        Count(fast.Merge(slow)).To(_sink);
        return builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 2 });
    }
}
