using Microsoft.Extensions.Time.Testing;
using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Runtime;

namespace StreamKit.Tests.Runtime;

/// <summary>Jobs that fail and are started again in the same process.</summary>
public sealed class RestartTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    // The clock of a test runs far ahead of the job, so what is not to happen must be far away.
    private static readonly TimeSpan s_never = TimeSpan.FromDays(1000);

    private readonly FakeTimeProvider _clock = new();
    private readonly CountingSource _numbers = new();

    [Fact]
    public async Task AJobGoesOnFromItsLastCheckpointWhenASinkFailsOnce()
    {
        StreamJob? running = null;
        bool failed = false;
        var sink = new ScriptedSink<long>
        {
            OnWrite = _ => failed || running?.GetCheckpointStatus().Completed is null or < 3
                ? Task.CompletedTask
                : Fail(),
        };
        Task Fail()
        {
            failed = true;
            throw new IOException("the disk is full for a moment");
        }

        await using StreamJob job = running = Start(_numbers, sink, RestartStrategy.Default);
        await UntilAsync(() => job.GetCheckpointStatus() is { Restarts: 1, Completed: > 6 }, "the job goes on");
        _numbers.End();
        await EndAsync(job);

        // At least once, each in its order; what is there twice was written since the last checkpoint.
        Assert.Equal(_numbers.All, sink.Records.Distinct().Order());
        Assert.InRange(Falls(sink.Records).Count, 0, 1);
        Assert.Equal(2, sink.Disposals);
    }

    [Fact]
    public async Task ASinkThatCommitsShowsEveryRecordOnceAlthoughStepsAndCommitsFail()
    {
        long failures = 0;
        StreamJob? running = null;
        var sink = new KeptEpochs<long>
        {
            OnCommit = epoch => FailEvery(epoch, 5, "commit"),
        };
        await using StreamJob job = running = Start(
            _numbers, sink, RestartStrategy.Fixed(1000, s_step), number => FailEvery(number, 97, "step"));
        await UntilAsync(() => job.GetCheckpointStatus() is { Restarts: > 6, Completed: > 20 }, "it has failed often");
        Interlocked.Exchange(ref failures, long.MinValue);
        _numbers.End();
        await EndAsync(job);
        Assert.Equal(_numbers.All, sink.Visible);

        // Only after something was achieved since the last time, so that the job gets anywhere.
        void FailEvery(long number, long every, string what)
        {
            long seen = Interlocked.Read(ref failures);
            long completed = running?.GetCheckpointStatus().Completed ?? 0;
            if (number % every == every - 1 && seen >= 0 && completed > seen)
            {
                Interlocked.CompareExchange(ref failures, completed, seen);
                throw new IOException($"{what} {number} fails");
            }
        }
    }

    [Fact]
    public async Task ARecordThatAlwaysFailsEndsTheJobAlthoughRestartsAreUnlimited()
    {
        await using StreamJob job = Start(
            _numbers,
            new ScriptedSink<long>(),
            RestartStrategy.Default,
            number => throw new FormatException($"{number} is poison"),
            every: s_never);
        await UntilAsync(() => job.Completion.IsCompleted, "the job stays down");
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => job.Completion);
        Assert.IsType<FormatException>(failure.InnerException);
        Assert.Equal(10, job.GetCheckpointStatus().Restarts);
    }

    [Fact]
    public async Task AJobIsStartedAgainNoMoreOftenThanItMay()
    {
        int starts = 0;
        var source = new ScriptedSource<long>
        {
            OnOpen = (_, _) => throw new IOException($"start {++starts} fails"),
        };
        await using StreamJob job = Start(source, new ScriptedSink<long>(), RestartStrategy.Fixed(3, s_step));
        await UntilAsync(() => job.Completion.IsCompleted, "the job stays down");
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => job.Completion);
        Assert.Equal("start 4 fails", failure.InnerException?.Message);
        Assert.Equal((4, 3), (starts, job.GetCheckpointStatus().Restarts));
    }

    [Fact]
    public async Task NothingIsStartedBeforeTheDelayIsOver()
    {
        int starts = 0;
        var source = new ScriptedSource<long>
        {
            OnOpen = (_, _) => throw new IOException($"start {Interlocked.Increment(ref starts)} fails"),
        };
        var loggers = new RecordingLoggers();
        await using StreamJob job = Start(
            source, new ScriptedSink<long>(), RestartStrategy.Fixed(1, TimeSpan.FromSeconds(1)), loggers: loggers);
        await Eventually.TrueAsync(() => job.GetCheckpointStatus().Restarts == 1, "the job has failed");
        await Eventually.TrueAsync(
            () => loggers.Lines.Any(static line => line.Text.Contains("started again", StringComparison.Ordinal)),
            "it says so");
        _clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal(1, Volatile.Read(ref starts));
        await UntilAsync(() => job.Completion.IsCompleted, "the job stays down");
        Assert.Equal(2, starts);
    }

    [Fact]
    public async Task AnAbortEndsTheWaitForARestart()
    {
        var source = new ScriptedSource<long> { OnOpen = static (_, _) => throw new IOException("down") };
        await using StreamJob job = Start(
            source, new ScriptedSink<long>(), RestartStrategy.Fixed(1, TimeSpan.FromDays(1)));
        await Eventually.TrueAsync(() => job.GetCheckpointStatus().Restarts == 1, "the job has failed");
        await Assert.ThrowsAsync<StreamException>(
            () => Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task ASinkThatIsFurtherThanTheCheckpointKeepsTheJobFromStarting()
    {
        var sink = new KeptEpochs<long>();
        await using (StreamJob job = Start(_numbers, sink, RestartStrategy.None))
        {
            await UntilAsync(() => sink.Visible.Count > 0, "something is visible");
            await Eventually.WithinLimitAsync(
                job.StopAsync(StopMode.Checkpoint, TestContext.Current.CancellationToken));
        }

        // The same sink and another store, which knows of nothing.
        await using StreamJob again = Start(_numbers, sink, RestartStrategy.Default);
        await UntilAsync(() => again.Completion.IsCompleted, "the job stays down");
        StartException refused = await Assert.ThrowsAsync<StartException>(() => again.Completion);
        Assert.Contains("because of 'out': a later epoch is visible", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, again.GetCheckpointStatus().Restarts);
    }

    [Fact]
    public void RestartsWithoutCheckpointsAreRefused()
    {
        StreamBuilder builder = StreamBuilder.Create("numbers");
        builder.From(_numbers, "numbers").To(new ScriptedSink<long>(), "out");
        StreamPipeline pipeline = builder.Build();
        Assert.Throws<ArgumentException>(
            () => pipeline.Start(new JobOptions { Restart = RestartStrategy.Default }));
    }

    [Fact]
    public void DelaysDoubleUpToTheLongestAndBeginAnewAfterAQuietTime()
    {
        RestartPolicy policy = RestartStrategy
            .Exponential(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), maxRestarts: 5)
            .Policy;
        var history = new RestartHistory(policy, _clock);
        Assert.Equal([1, 2, 4, 5, 5, null], Delays(history, 6, TimeSpan.FromMinutes(1)));
        Assert.Equal([1, 2], Delays(history, 1, TimeSpan.FromMinutes(10)).Concat(Delays(history, 1, TimeSpan.Zero)));
        Assert.Equal(7, history.Total);
    }

    [Fact]
    public void TheSameFailureIsNoPoisonWhereCheckpointsAreCompletedInBetween()
    {
        var history = new RestartHistory(RestartStrategy.Default.Policy, _clock);
        for (int i = 0; i < 30; i++)
        {
            history.Started();
            Assert.True(history.TryRestart(new IOException("again"), completed: i, out _, out bool isPoison));
            Assert.False(isPoison);
        }

        for (int i = 0; i < 9; i++)
        {
            Assert.True(history.TryRestart(new IOException("again"), completed: 29, out _, out _));
        }

        Assert.False(history.TryRestart(new IOException("again"), completed: 29, out _, out bool isPoisonNow));
        Assert.True(isPoisonNow);
    }

    private IEnumerable<double?> Delays(RestartHistory history, int failures, TimeSpan life)
    {
        for (int i = 0; i < failures; i++)
        {
            history.Started();
            _clock.Advance(life);
            bool again = history.TryRestart(new IOException($"failure {i} after {life}"), 0, out TimeSpan delay, out _);
            yield return again ? delay.TotalSeconds : null;
        }
    }

    private static List<int> Falls(IReadOnlyList<long> numbers) =>
        [.. Enumerable.Range(1, numbers.Count - 1).Where(i => numbers[i] != numbers[i - 1] + 1)];

    private StreamJob Start(
        ISource<long> source,
        ISink<long> sink,
        RestartStrategy restart,
        Action<long>? step = null,
        RecordingLoggers? loggers = null,
        TimeSpan? every = null)
    {
        StreamBuilder builder = StreamBuilder.Create("numbers");
        DataStream<long> numbers = builder.From(source, "numbers");
        if (step is not null)
        {
            numbers = numbers.Select(number =>
            {
                step(number);
                return number;
            });
        }

        numbers.To(sink, "out");
        return builder.Build().Start(new JobOptions
        {
            Clock = _clock,
            Loggers = loggers ?? new RecordingLoggers(),
            Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), every ?? s_step) with { Timeout = s_never },
            Restart = restart,
        });
    }

    private Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(_clock, s_step, condition, what);

    private async Task EndAsync(StreamJob job)
    {
        await UntilAsync(() => job.Completion.IsCompleted, "the job has ended");
        await job.Completion;
    }
}
