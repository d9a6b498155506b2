using StreamKit.Checkpointing;
using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>Jobs that are stopped, in whatever way, and go on from their checkpoints.</summary>
public class CheckpointTests
{
    private readonly CheckpointedJob _counting = new();
    private readonly CollectingSink<WindowResult<string, long>> _first = new();
    private readonly CollectingSink<WindowResult<string, long>> _second = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACheckpointIsTakenWhenItIsTimeAndIsListed()
    {
        _counting.Log.Feed(Enumerable.Range(0, 25));
        await using StreamJob job = _counting.Start(_first);
        await CheckpointedJob.ReadAsync(job, 25);
        Assert.Empty(await _counting.ListAsync());

        await _counting.TakeByTimeAsync(job);
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, Token));

        CheckpointStatus status = job.GetCheckpointStatus();
        IReadOnlyList<StoredCheckpoint> all = await _counting.ListAsync();
        Assert.NotNull(status.Last);
        Assert.Equal(status.Completed, status.Last.Id);
        Assert.Contains(status.Last, all);
        Assert.All(all, static stored => Assert.Null(stored.Savepoint));
        Assert.Equal(0, status.Restarts);

        // Time may have begun another one, which the abort has ended.
        Assert.True(status.LastFailure is null or OperationCanceledException, $"It failed: {status.LastFailure}");
    }

    [Fact]
    public async Task AJobThatWasAbortedGoesOnWithExactlyTheRest()
    {
        _counting.Log.Feed(Enumerable.Range(0, 25));
        await using (StreamJob job = _counting.Start(_first))
        {
            await CheckpointedJob.ReadAsync(job, 25);
            await _counting.TakeByTimeAsync(job);
            await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, Token));
        }

        await FinishAsync(25..40);

        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 20)), CheckpointedJob.Sorted(_first));
        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(20, 20)), CheckpointedJob.Sorted(_second));
    }

    [Fact]
    public async Task AJobThatStoppedWithACheckpointGoesOnWithExactlyTheRest()
    {
        _counting.Log.Feed(Enumerable.Range(0, 25));
        await using (StreamJob job = _counting.Start(_first))
        {
            await CheckpointedJob.ReadAsync(job, 25);
            await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Checkpoint, Token));
            Assert.True(job.Completion.IsCompletedSuccessfully);
        }

        Assert.Null(Assert.Single(await _counting.ListAsync()).Savepoint);
        await FinishAsync(25..40);

        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 20)), CheckpointedJob.Sorted(_first));
        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(20, 20)), CheckpointedJob.Sorted(_second));
    }

    [Fact]
    public async Task AStepWithoutStateCanBeAddedBetweenASavepointAndTheStartFromIt()
    {
        _counting.Log.Feed(Enumerable.Range(0, 25));
        await using (StreamJob job = _counting.Start(_first))
        {
            await CheckpointedJob.ReadAsync(job, 25);
            StoredCheckpoint savepoint = await job.StopWithSavepointAsync("before-upgrade", Token);
            Assert.Equal("before-upgrade", savepoint.Savepoint);
        }

        JobOptions options = _counting.JobOptions(
            _counting.Options() with { StartFrom = StartPoint.Savepoint("before-upgrade") });
        await FinishAsync(
            25..40, options, static read => read.Where(static _ => true).Select(static record => record));

        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 40)), CheckpointedJob.Sorted(_first, _second));
    }

    [Fact]
    public async Task TheNumberOfLanesCanChangeBetweenSavepoints()
    {
        const int keys = 50;
        var third = new CollectingSink<WindowResult<string, long>>();
        await StopAsync("one", _first, lanes: 1, Enumerable.Range(0, 203));
        await StopAsync("four", _second, lanes: 4, Enumerable.Range(203, 204));
        _counting.Log.Feed(Enumerable.Range(407, 93), keys).End();
        await using StreamJob last = _counting.Start(third, _counting.JobOptions() with { Parallelism = 3 });
        await Eventually.WithinLimitAsync(last.Completion);

        Assert.Equal(
            CheckpointedJob.CountsOf(Enumerable.Range(0, 500), keys), CheckpointedJob.Sorted(_first, _second, third));

        async Task StopAsync(
            string name, CollectingSink<WindowResult<string, long>> sink, int lanes, IEnumerable<int> seconds)
        {
            int[] all = [.. seconds];
            _counting.Log.Feed(all, keys);
            await using StreamJob job = _counting.Start(sink, _counting.JobOptions() with { Parallelism = lanes });
            await CheckpointedJob.ReadAsync(job, all.Length);
            await Eventually.WithinLimitAsync(job.StopWithSavepointAsync(name, Token));
        }
    }

    [Fact]
    public async Task AJobGoesOnWhileASavepointIsTaken()
    {
        _counting.Log.Feed(Enumerable.Range(0, 25));
        await using StreamJob job = _counting.Start(_first);
        await CheckpointedJob.ReadAsync(job, 25);
        StoredCheckpoint savepoint =
            await Eventually.WithinLimitAsync(job.TakeSavepointAsync("meanwhile", Token));
        _counting.Log.Feed(Enumerable.Range(25, 15)).End();
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 40)), CheckpointedJob.Sorted(_first));
        Assert.Contains(savepoint, await _counting.ListAsync());
    }

    [Fact]
    public async Task AJobThatWasDrainedIsFinishedAndEndsAtOnceWhenItIsStartedAgain()
    {
        _counting.Log.Feed(Enumerable.Range(0, 25));
        await using (StreamJob job = _counting.Start(_first))
        {
            await CheckpointedJob.ReadAsync(job, 25);
            await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, Token));
        }

        StoredCheckpoint last = Assert.Single(await _counting.ListAsync());
        CheckpointDescription description =
            await Checkpoints.InspectAsync(_counting.Store, "counting", last, _counting.Time, Token);
        Assert.All(description.Manifest.Parts, static part => Assert.True(part.Finished));
        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 25)), CheckpointedJob.Sorted(_first));

        await FinishAsync(25..40);
        Assert.Empty(_second.Records);
        Assert.Contains(
            _counting.Loggers.Lines,
            static line => line.Text.Contains("had ended with", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AJobThatCameToItsEndIsFinished()
    {
        await FinishAsync(0..25);
        await using StreamJob again = _counting.Start(_first);
        await Eventually.WithinLimitAsync(again.Completion);

        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 25)), CheckpointedJob.Sorted(_second));
        Assert.Empty(_first.Records);
    }

    [Fact]
    public async Task AJobThatStartsAtTheBeginningReadsEverythingAgain()
    {
        await FinishAsync(0..25);
        await using StreamJob again = _counting.Start(
            _first, _counting.JobOptions(_counting.Options() with { StartFrom = StartPoint.Beginning }));
        await Eventually.WithinLimitAsync(again.Completion);

        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 25)), CheckpointedJob.Sorted(_first));
        Assert.Equal([2, 1], (await _counting.ListAsync()).Select(static stored => stored.Id));
    }

    [Fact]
    public async Task AJobThatStartedAtTheBeginningAndFailsBeforeItsFirstCheckpointBeginsThereAgain()
    {
        await FinishAsync(0..25);
        await using StreamJob again = _counting.Start(
            _first, Restarting(StartPoint.Beginning), FailingOnceAt(second: 5));
        await Eventually.WithinLimitAsync(again.Completion);

        Assert.Equal(1, again.GetCheckpointStatus().Restarts);
        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 25)), CheckpointedJob.Sorted(_first));
    }

    [Fact]
    public async Task AJobThatStartedFromASavepointAndFailsBeforeItsFirstCheckpointGoesOnFromThereAgain()
    {
        _counting.Log.Feed(Enumerable.Range(0, 25));
        await using (StreamJob job = _counting.Start(_first))
        {
            await CheckpointedJob.ReadAsync(job, 25);
            await Eventually.WithinLimitAsync(job.TakeSavepointAsync("kept", Token));
            _counting.Log.Feed(Enumerable.Range(25, 10));
            await CheckpointedJob.ReadAsync(job, 35);
            await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Checkpoint, Token));
        }

        await FinishAsync(35..40, Restarting(StartPoint.Savepoint("kept")), FailingOnceAt(second: 27));

        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(20, 20)), CheckpointedJob.Sorted(_second));
    }

    [Fact]
    public async Task AJobThatFailsGoesOnFromTheLastCheckpointOfItsOwn()
    {
        _counting.Log.Feed(Enumerable.Range(0, 25));
        await using StreamJob job = _counting.Start(
            _first, Restarting(StartPoint.Beginning), FailingOnceAt(second: 27));
        await CheckpointedJob.ReadAsync(job, 25);
        await Eventually.WithinLimitAsync(job.TakeSavepointAsync("own", Token));
        _counting.Log.Feed(Enumerable.Range(25, 15)).End();
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(1, _counting.Log.Seeks);
        Assert.Equal(CheckpointedJob.CountsOf(Enumerable.Range(0, 40)), CheckpointedJob.Sorted(_first));
    }

    [Fact]
    public async Task ASecondJobWithTheSameStoreFencesTheFirst()
    {
        await using StreamJob first = _counting.Start(_first);
        await CheckpointedJob.RunsAsync(first);
        await using StreamJob second = _counting.Start(_second);
        await CheckpointedJob.RunsAsync(second);
        Task<StoredCheckpoint> refused = first.TakeSavepointAsync("late", Token);

        await Assert.ThrowsAsync<CheckpointFencedException>(() => Eventually.WithinLimitAsync(refused));
        await Assert.ThrowsAsync<CheckpointFencedException>(() => Eventually.WithinLimitAsync(first.Completion));
        await Eventually.WithinLimitAsync(second.TakeSavepointAsync("in-time", Token));
        Assert.Equal(["in-time"], (await _counting.ListAsync()).Select(static stored => stored.Savepoint));
    }

    [Fact]
    public async Task AnyNumberOfCheckpointsMayBeUnderWayAndASavepointAmongThemIsNotLost()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _counting.Store.OnWrite = (checkpoint, token) =>
            checkpoint == 1 ? gate.Task.WaitAsync(token) : Task.CompletedTask;
        await using StreamJob job = _counting.Start(
            _first, _counting.JobOptions(_counting.Options() with { MaxConcurrent = 3 }));
        await CheckpointedJob.RunsAsync(job);
        Task<StoredCheckpoint>[] savepoints =
            [.. Enumerable.Range(1, 5).Select(i => job.TakeSavepointAsync($"s{i}", Token))];
        await Eventually.TrueAsync(() => job.GetCheckpointStatus().Completed == 4, "the others are complete");
        Assert.False(savepoints[0].IsCompleted);

        gate.SetResult();
        await Eventually.WithinLimitAsync(Task.WhenAll(savepoints));
        Assert.Equal(["s5", "s4", "s3", "s2", "s1"], (await _counting.ListAsync()).Select(static s => s.Savepoint));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    public async Task ANameThatNoSavepointCanHaveIsRefusedAtOnceAndTheJobGoesOn(string name)
    {
        await using StreamJob job = _counting.Start(_first);
        await CheckpointedJob.RunsAsync(job);

        await Assert.ThrowsAsync<ArgumentException>(() => job.TakeSavepointAsync(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => job.StopWithSavepointAsync(name, Token));
        await Eventually.WithinLimitAsync(job.StopWithSavepointAsync("good", Token));
    }

    private static Func<DataStream<At>, DataStream<At>> FailingOnceAt(int second)
    {
        bool hasFailed = false;
        return read => read.Select(record =>
        {
            if (record.Second == second && !hasFailed)
            {
                hasFailed = true;
                throw new IOException("once");
            }

            return record;
        });
    }

    private JobOptions Restarting(StartPoint startFrom) =>
        _counting.JobOptions(_counting.Options() with { StartFrom = startFrom }) with
        {
            Restart = RestartStrategy.Fixed(1, TimeSpan.Zero),
        };

    private async Task FinishAsync(
        Range seconds, JobOptions? options = null, Func<DataStream<At>, DataStream<At>>? first = null)
    {
        _counting.Log.Feed(Enumerable.Range(seconds.Start.Value, seconds.End.Value - seconds.Start.Value)).End();
        await using StreamJob job = _counting.Start(_second, options, first);
        await Eventually.WithinLimitAsync(job.Completion);
    }
}
