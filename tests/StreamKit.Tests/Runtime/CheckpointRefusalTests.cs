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
        Assert.Contains("count", mistake, StringComparison.OrdinalIgnoreCase);
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
            _counting.Loggers.Lines, static line => line.Text.Contains("goes on from savepoint 'older' (1)", StringComparison.Ordinal));
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
        _counting.Store.OnWrite = static (checkpoint, token) =>
            checkpoint == 1 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        await using StreamJob job = _counting.Start(
            _first, _counting.JobOptions(_counting.Options() with { Timeout = TimeSpan.FromMinutes(5) }));
        await CheckpointedJob.RunsAsync(job);
        _counting.Time.Advance(CheckpointedJob.Hour);
        await Eventually.TrueAsync(
            () => _counting.Loggers.Lines.Any(static line => line.Text.Contains("begins checkpoint 1", StringComparison.Ordinal)),
            "a checkpoint has begun");
        await LetTimeRunAsync(() => job.GetCheckpointStatus().Failed == 1, TimeSpan.FromMinutes(5));
        Assert.IsType<TimeoutException>(job.GetCheckpointStatus().LastFailure);

        await LetTimeRunAsync(() => job.GetCheckpointStatus().Completed == 1, CheckpointedJob.Hour);
        Assert.Equal(2, job.GetCheckpointStatus().Last!.Id);
        Assert.False(job.Completion.IsCompleted);
    }

    [Fact]
    public async Task AJobFailsWhenMoreCheckpointsInARowFailThanMay()
    {
        _counting.Store.OnWrite = static (checkpoint, _) => throw new IOException($"no room for {checkpoint}");
        await using StreamJob job = _counting.Start(
            _first, _counting.JobOptions(_counting.Options() with { TolerableFailures = 2 }));
        await CheckpointedJob.RunsAsync(job);
        await LetTimeRunAsync(() => job.GetCheckpointStatus().Failed == 2, CheckpointedJob.Hour);
        Assert.False(job.Completion.IsCompleted);
        await LetTimeRunAsync(() => job.Completion.IsCompleted, CheckpointedJob.Hour);

        CheckpointFailedException failed = await Assert.ThrowsAsync<CheckpointFailedException>(() => job.Completion);
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

    private Task LetTimeRunAsync(Func<bool> until, TimeSpan step) => Eventually.TrueAsync(
        () =>
        {
            bool done = until();
            if (!done)
            {
                _counting.Time.Advance(step);
            }

            return done;
        },
        "time has run long enough");

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
