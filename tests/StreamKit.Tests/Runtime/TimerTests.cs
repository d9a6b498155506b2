using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>What processing time brings about, by a clock that only the tests move.</summary>
public class TimerTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly Channel<At> _input = Channel.CreateUnbounded<At>();
    private readonly ScriptedSink<WindowResult<string, long>> _sink = new();

    [Fact]
    public async Task AWindowSaysEarlyWhatItHasAndInTheEndEverything()
    {
        await using StreamJob job = Start(Watermarks.Monotonic(), TimeSpan.FromSeconds(1));
        Write(new At(1, "a"), new At(2, "a"));
        await Eventually.TrueAsync(
            _clock, TimeSpan.FromMilliseconds(100), () => _sink.Records.Count == 1, "an early pane came");
        Assert.Equal((2, PaneTiming.Early), (_sink.Records[0].Value, _sink.Records[0].Pane.Timing));

        // Nothing new: no pane, however much time passes.
        _clock.Advance(TimeSpan.FromHours(1));
        Write(new At(3, "a"));
        await Eventually.TrueAsync(
            _clock, TimeSpan.FromMilliseconds(100), () => _sink.Records.Count == 2, "a second one came");
        Assert.Equal((3, PaneTiming.Early), (_sink.Records[1].Value, _sink.Records[1].Pane.Timing));
        _input.Writer.Complete();
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(
            (3, PaneTiming.OnTime, true), (
                _sink.Records[^1].Value, _sink.Records[^1].Pane.Timing, _sink.Records[^1].Pane.IsFinal));
        Assert.Equal([0, 1, 2], _sink.Records.Select(static w => w.Pane.Index));
    }

    [Fact]
    public async Task APeriodOfSeveralDaysComesToItsEnd()
    {
        await using StreamJob job = Start(Watermarks.Monotonic(), TimeSpan.FromDays(3));
        Write(new At(1, "a"));
        await Eventually.TrueAsync(() => Counted(job) == 1, "the record is in its window");
        DateTimeOffset before = _clock.GetUtcNow();
        await Eventually.TrueAsync(_clock, TimeSpan.FromMinutes(10), () => _sink.Records.Count == 1, "the pane came");

        Assert.True(_clock.GetUtcNow() - before >= TimeSpan.FromDays(3) - TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task AnInputThatFallsSilentLetsTheOthersGoOn()
    {
        Channel<At> silent = Channel.CreateUnbounded<At>();
        WatermarkStrategy patient = Watermarks.Monotonic().WithIdleness(TimeSpan.FromSeconds(30));
        StreamBuilder builder = StreamBuilder.Create("idle");
        DataStream<At> one = builder.From(_input.Reader).WithEventTime(At.TimeOf, patient);
        DataStream<At> other = builder.From(silent.Reader).WithEventTime(At.TimeOf, patient);
        Count(one.Merge(other), null).To(_sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock });
        Write(new At(1, "a"), new At(100, "a"));
        await Eventually.TrueAsync(() => Counted(job) == 2, "the records are in their windows");
        Assert.Empty(_sink.Records);

        // Time passes; one input speaks now and then, the other does not.
        int second = 100;
        await Eventually.TrueAsync(
            _clock,
            TimeSpan.FromSeconds(1),
            () =>
            {
                Write(new At(++second, "a"));
                return _sink.Records.Count > 0;
            },
            "the first window closed");
        Assert.Equal(1, _sink.Records[0].Value);

        silent.Writer.TryWrite(new At(2, "b"));
        await Eventually.TrueAsync(() => job.GetMetrics().LateRecords == 1, "what comes back too late is late");
        silent.Writer.Complete();
        _input.Writer.Complete();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    [Fact]
    public async Task ASplitThatRejoinsSaysThatItWasIdle()
    {
        List<LateReason> reasons = [];
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamBuilder builder = StreamBuilder.Create("rejoin");
        var slow = new GatedSplit(gate.Task, new At(2, "b"));
        DataStream<WindowResult<string, long>> counts = builder
            .From(new ScriptedSource<At>(
                new ScriptedSplit<At>("fast", [new At(1, "a"), new At(100, "a")]) { BeforeEnd = _ => read.Task }, slow))
            .WithEventTime(At.TimeOf, Watermarks.Monotonic().WithIdleness(TimeSpan.FromSeconds(5)))
            .SelectMany(static r => new[] { r })
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .SideOutputLate(out DataStream<Late<At>> late)
            .Count();
        late.ForEach(l => reasons.Add(l.Reason));
        counts.To(_sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock });
        await Eventually.TrueAsync(
            _clock, TimeSpan.FromSeconds(1), () => _sink.Records.Count > 0, "the fast split went on alone");
        gate.SetResult();
        await Eventually.TrueAsync(() => job.GetMetrics().LateRecords == 1, "the slow one is late");
        read.SetResult();
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal([LateReason.IdleInputRejoined], reasons);
    }

    [Fact]
    public async Task ASequenceThatDoesNotListenToItsTokenDoesNotKeepTheJob()
    {
        var never = new TaskCompletionSource<int>();
        var loggers = new RecordingLoggers();
        StreamBuilder builder = StreamBuilder.Create("deaf");
        var sink = new ScriptedSink<int>();
        builder.From(Deaf(never.Task), "deaf").To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock, Loggers = loggers });
        await Eventually.TrueAsync(() => sink.Records.Count == 1, "the first record came");
        Task stopping = job.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(_clock, TimeSpan.FromSeconds(1), () => stopping.IsCompleted, "the job stopped");
        await stopping;

        Assert.Contains(loggers.Lines, static line => line.Text.Contains("'deaf'", StringComparison.Ordinal));
        never.SetResult(2);
    }

    private static async IAsyncEnumerable<int> Deaf(Task<int> never)
    {
        yield return 1;
        yield return await never;
    }

    private static long Counted(StreamJob job) => job.GetMetrics().Of("counts").Sum(static o => o.RecordsIn);

    private static DataStream<WindowResult<string, long>> Count(DataStream<At> stream, TimeSpan? early)
    {
        WindowedStream<string, At> windows = stream.KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(60)));
        return (early is { } every ? windows.Early(every) : windows).Count().Named("counts");
    }

    private StreamJob Start(WatermarkStrategy strategy, TimeSpan early)
    {
        StreamBuilder builder = StreamBuilder.Create("timers");
        Count(builder.From(_input.Reader).WithEventTime(At.TimeOf, strategy), early).To(_sink);
        return builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 2 });
    }

    private void Write(params IEnumerable<At> records)
    {
        foreach (At record in records)
        {
            Assert.True(_input.Writer.TryWrite(record));
        }
    }
}
