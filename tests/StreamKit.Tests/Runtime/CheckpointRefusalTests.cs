using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;
using StreamKit.Diagnostics;
using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>What jobs with checkpoints refuse, and what they do when checkpoints fail or are damaged.</summary>
public class CheckpointRefusalTests
{
    private readonly CheckpointedJob _counting = new();
    private readonly CollectingSink<WindowResult<string, long>> _first = new();
    private readonly CollectingSink<WindowResult<string, long>> _second = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StateThatNoStepHasIsRefusedByName()
    {
        await StopAsync(0..25);
        await using StreamJob job = _counting.Start(_second, name: "renamed");

        StartException refused =
            await Assert.ThrowsAsync<StartException>(() => Eventually.WithinLimitAsync(job.Completion));
        Assert.Contains("'counts'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("LeaveOrphans", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_second.Records);
    }

    [Fact]
    public async Task StateThatNoStepHasIsLeftBehindWhereThatIsWanted()
    {
        await StopAsync(0..25);
        _counting.Log.Feed(Enumerable.Range(25, 15)).End();
        await using StreamJob job = _counting.Start(
            _second, _counting.JobOptions(_counting.Options() with { LeaveOrphans = true }), name: "renamed");
        await Eventually.WithinLimitAsync(job.Completion);

        // The records 20 to 24 were in the window that was left behind.
        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(25, 15)), CheckpointedJob.Sorted(_second));
        Assert.Contains(
            _counting.Loggers.Lines,
            static line => line.Level == LogLevel.Warning && line.Text.Contains("'counts'", StringComparison.Ordinal));
    }

    [Fact]
    public void AStepThatRemembersNeedsAName()
    {
        StreamPipeline pipeline = _counting.Pipeline(_first, name: null);
        PipelineException refused =
            Assert.Throws<PipelineException>(() => pipeline.Start(_counting.JobOptions()));

        string mistake = Assert.Single(refused.Mistakes);
        Assert.Contains("Named", mistake, StringComparison.Ordinal);
        Assert.Contains("'window-4'", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void ATypeThatNothingCanWriteIsNamedWithTheStep()
    {
        StreamBuilder builder = StreamBuilder.Create("unwritable");
        builder.From(_counting.Log, "log")
            .WithEventTime(At.TimeOf, Watermarks.Monotonic()).Named("time")
            .KeyBy(static record => record)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Count().Named("the-counts")
            .To(new CollectingSink<WindowResult<At, long>>(), "out");
        PipelineException refused =
            Assert.Throws<PipelineException>(() => builder.Build().Start(_counting.JobOptions()));

        Assert.Contains(
            refused.Mistakes,
            static mistake => mistake.Contains("'the-counts'", StringComparison.Ordinal)
                && mistake.Contains(nameof(At), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADamagedCheckpointIsPassedOverLoudlyForTheOneBefore()
    {
        await using (StreamJob job = _counting.Start(_first))
        {
            await FeedAndSaveAsync(job, 0..25, 25, "older");
            await FeedAndSaveAsync(job, 25..35, 35, "newer");
            await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, Token));
        }

        _counting.Store.Damaged.Add(2);
        _counting.Log.Feed(Enumerable.Range(35, 5)).End();
        await using StreamJob again = _counting.Start(_second);
        await Eventually.WithinLimitAsync(again.Completion);

        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(20, 20)), CheckpointedJob.Sorted(_second));
        Assert.Contains(
            _counting.Loggers.Lines,
            static line => line.Level == LogLevel.Error && line.Text.Contains("'newer' (2)", StringComparison.Ordinal));
        Assert.Contains(
            _counting.Loggers.Lines,
            static line => line.Text.Contains("goes on from savepoint 'older' (1)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AJobAllOfWhoseCheckpointsAreDamagedDoesNotStart()
    {
        await StopAsync(0..25);
        _counting.Store.Damaged.Add(1);
        await using StreamJob job = _counting.Start(_second);
        StartException refused =
            await Assert.ThrowsAsync<StartException>(() => Eventually.WithinLimitAsync(job.Completion));

        Assert.Contains("StartPoint.Beginning", refused.Message, StringComparison.Ordinal);
        Assert.IsType<CheckpointCorruptException>(refused.InnerException);
    }

    [Fact]
    public async Task ASavepointThatIsMissingOrDamagedIsNotReplacedByAnother()
    {
        await StopAsync(0..25, "there");
        foreach (string name in (string[])["missing", "there"])
        {
            _counting.Store.Damaged.Add(1);
            await using StreamJob job = _counting.Start(
                _second, _counting.JobOptions(_counting.Options() with { StartFrom = StartPoint.Savepoint(name) }));
            StartException refused =
                await Assert.ThrowsAsync<StartException>(() => Eventually.WithinLimitAsync(job.Completion));
            Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ACheckpointThatCannotBeCompletedIsGivenUpAndTheNextIsTaken()
    {
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _counting.Store.OnWrite = (checkpoint, token) =>
            checkpoint == 1 ? stuck.Task.WaitAsync(token) : Task.CompletedTask;
        await using StreamJob job = _counting.Start(
            _first,
            _counting.JobOptions(_counting.Options() with
            {
                Every = TimeSpan.FromDays(10_000),
                Timeout = TimeSpan.FromMinutes(5),
            }));
        await CheckpointedJob.RunsAsync(job);
        Task<StoredCheckpoint> asked = job.TakeSavepointAsync("stuck", Token);
        await Eventually.TrueAsync(
            () =>
            {
                _counting.Time.Advance(TimeSpan.FromMinutes(1));
                return asked.IsCompleted;
            },
            "it is given up");

        await Assert.ThrowsAsync<TimeoutException>(() => asked);
        CheckpointStatus status = job.GetCheckpointStatus();
        Assert.Equal((0, 1), (status.Completed, status.Failed));
        Assert.IsType<TimeoutException>(status.LastFailure);
        Assert.Equal(2, (await Eventually.WithinLimitAsync(job.TakeSavepointAsync("next", Token))).Id);
        Assert.False(job.Completion.IsCompleted);
        stuck.SetResult();
    }

    [Fact]
    public async Task AJobFailsWhenMoreCheckpointsInARowFailThanMay()
    {
        _counting.Store.OnWrite = static (checkpoint, _) => throw new IOException($"no room for {checkpoint}");
        await using StreamJob job = _counting.Start(
            _first, _counting.JobOptions(_counting.Options() with { TolerableFailures = 2 }));
        await CheckpointedJob.RunsAsync(job);
        for (int i = 1; i <= 3; i++)
        {
            Assert.False(job.Completion.IsCompleted);
            await Assert.ThrowsAsync<IOException>(
                () => Eventually.WithinLimitAsync(job.TakeSavepointAsync($"s{i}", Token)));
        }

        CheckpointFailedException failed = await Assert.ThrowsAsync<CheckpointFailedException>(
            () => Eventually.WithinLimitAsync(job.Completion));
        Assert.Contains("3 checkpoints", failed.Message, StringComparison.Ordinal);
        Assert.Equal(3, job.GetCheckpointStatus().Failed);
        Assert.IsType<IOException>(failed.InnerException);
    }

    [Fact]
    public async Task ASavepointThatCannotBeStoredFailsForWhoAskedAndTheJobGoesOn()
    {
        _counting.Store.OnWrite = static (checkpoint, _) =>
            checkpoint == 1 ? throw new IOException("no room") : Task.CompletedTask;
        await using StreamJob job = _counting.Start(_first);
        await CheckpointedJob.RunsAsync(job);

        await Assert.ThrowsAsync<IOException>(() => Eventually.WithinLimitAsync(job.TakeSavepointAsync("one", Token)));
        Assert.Equal(2, (await Eventually.WithinLimitAsync(job.TakeSavepointAsync("two", Token))).Id);
    }

    [Fact]
    public async Task RecordsThatAProgramReadsCannotBeBroughtBackToACheckpoint()
    {
        IAsyncEnumerable<At> reading = StreamBuilder.Create("reading").From(_counting.Log, "log")
            .ReadAllAsync(_counting.JobOptions(), Token);

        await Assert.ThrowsAsync<ArgumentException>(async () => await reading.ToListAsync(Token));
    }

    [Fact]
    public void RestartsNeedCheckpoints()
    {
        StreamPipeline pipeline = _counting.Pipeline(_first);
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => pipeline.Start(new JobOptions { Restart = RestartStrategy.Default }));

        Assert.Contains("Checkpoints", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SavepointsNeedCheckpoints()
    {
        await using StreamJob job = _counting.Pipeline(_first).Start(new JobOptions { Parallelism = 1 });

        await Assert.ThrowsAsync<InvalidOperationException>(() => job.TakeSavepointAsync("none", Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => job.StopAsync(StopMode.Checkpoint, Token));
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, Token));
    }

    private async Task FeedAndSaveAsync(StreamJob job, Range seconds, int read, string name)
    {
        _counting.Log.Feed(Enumerable.Range(seconds.Start.Value, seconds.End.Value - seconds.Start.Value));
        await CheckpointedJob.ReadAsync(job, read);
        await Eventually.WithinLimitAsync(job.TakeSavepointAsync(name, Token));
    }

    private async Task StopAsync(Range seconds, string name = "stopped")
    {
        int count = seconds.End.Value - seconds.Start.Value;
        _counting.Log.Feed(Enumerable.Range(seconds.Start.Value, count));
        await using StreamJob job = _counting.Start(_first);
        await CheckpointedJob.ReadAsync(job, count);
        await Eventually.WithinLimitAsync(job.StopWithSavepointAsync(name, Token));
    }
}
