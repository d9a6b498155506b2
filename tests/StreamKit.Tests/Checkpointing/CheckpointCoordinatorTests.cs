using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>When checkpoints begin, when they are complete, and what becomes of those that are not.</summary>
public class CheckpointCoordinatorTests
{
    private static readonly CheckpointOptions s_options = Coordination.Options();

    [Fact]
    public void CheckpointsBeginAnIntervalAfterTheBeginningOfTheOneBefore()
    {
        using var it = new Coordination();
        it.Advance(9.999);
        Assert.Empty(it.Source.Asked);
        it.Advance(0.001);
        Assert.Equal([1], it.Source.Asked);
        it.Advance(4);
        it.SaveAll(1);
        Assert.Equal(["checkpoint 1"], it.Stored());
        Assert.Equal(TimeSpan.FromSeconds(4), it.Counters.LastDuration);
        it.Advance(6);

        Assert.Equal([1, 2], it.Source.Asked);
    }

    [Fact]
    public void OneBeginsNotBeforeTheOneBeforeHasEndedAndThenAtOnce()
    {
        using var it = new Coordination();
        it.Advance(10);
        it.Advance(100);
        Assert.Equal([1], it.Source.Asked);
        it.SaveAll(1);

        Assert.Equal([1, 2], it.Source.Asked);
    }

    [Fact]
    public void TheJobIsLeftInPeaceBetweenTheEndOfOneAndTheNext()
    {
        using var it = new Coordination(s_options with { MinPause = TimeSpan.FromSeconds(7) });
        it.Advance(10);
        it.Advance(9);
        it.SaveAll(1);
        it.Advance(6.999);
        Assert.Equal([1], it.Source.Asked);
        it.Advance(0.001);

        Assert.Equal([1, 2], it.Source.Asked);
    }

    [Fact]
    public void SeveralMayBeUnderWayAndAnOlderOneIsGivenUpWhenANewerIsComplete()
    {
        using var it = new Coordination(s_options with { MaxConcurrent = 2 });
        it.Advance(10);
        it.Advance(10);
        it.Advance(10);
        Assert.Equal([1, 2], it.Source.Asked);
        it.SaveAll(2);
        Assert.Equal(["checkpoint 2"], it.Stored());
        it.SaveAll(1);

        Assert.Equal(["checkpoint 2"], it.Stored());
        Assert.Equal((1, 0), (it.Counters.Completed, it.Counters.Failed));
        Assert.Equal([1, 2, 3], it.Source.Asked);
    }

    [Fact]
    public void ASavepointIsNotGivenUpForANewerCheckpoint()
    {
        using var it = new Coordination(s_options with { MaxConcurrent = 2 });
        Task<StoredCheckpoint> asked = it.Ask("one");
        it.Advance(10);
        it.SaveAll(2);
        Assert.False(asked.IsCompleted);
        it.SaveAll(1);

        Assert.True(asked.IsCompletedSuccessfully);
        Assert.Equal(["savepoint 'one' (1)", "checkpoint 2"], it.Stored());
    }

    [Fact]
    public void ACheckpointIsCompleteWhenEverySubtasksStateIsStored()
    {
        using var it = new Coordination(stages: 2);
        it.Advance(10);
        it.Save(it.Stages[1], 1);
        it.Save(it.Source, 1);
        it.Save(it.Source, 1);
        Assert.Empty(it.Stored());
        it.Save(it.Stages[0], 1);

        Assert.Equal(["checkpoint 1"], it.Stored());
    }

    [Fact]
    public void OneThatTakesTooLongIsGivenUpAndSaysWhoIsMissing()
    {
        using var it = new Coordination(s_options with { Timeout = TimeSpan.FromSeconds(25) }, stages: 2);
        it.Advance(10);
        it.Save(it.Source, 1);
        it.Save(it.Stages[0], 1);
        it.Advance(24.999);
        Assert.Equal(0, it.Counters.Failed);
        it.Advance(0.001);
        Assert.Equal(1, it.Counters.Failed);
        TimeoutException failure = Assert.IsType<TimeoutException>(it.Counters.LastFailure);
        Assert.EndsWith("no barrier has come through to 'stage' (1).", failure.Message, StringComparison.Ordinal);

        Assert.Equal([1, 2], it.Source.Asked);
        it.Save(it.Stages[1], 1);
        Assert.Empty(it.Stored());
        it.SaveAll(2);
        Assert.Equal(["checkpoint 2"], it.Stored());
    }

    [Fact]
    public void FailuresInARowAreCountedAndOneThatSucceedsForgetsThem()
    {
        using var it = new Coordination(s_options with { TolerableFailures = 1 });
        bool fails = true;
        it.Store.OnWrite = (_, _) => fails ? throw new IOException("no room") : Task.CompletedTask;
        Take(it);
        Assert.Equal(1, it.Counters.FailedInARow);
        fails = false;
        Take(it);
        Assert.Equal(0, it.Counters.FailedInARow);
        fails = true;
        Take(it);
        Assert.False(it.Running.IsCompleted);
        Take(it);
        Assert.Equal(2, it.Counters.FailedInARow);

        Assert.IsType<CheckpointFailedException>(it.Running.Exception!.InnerException);
        Assert.Equal((1, 3), (it.Counters.Completed, it.Counters.Failed));
    }

    [Fact]
    public void ASubtaskThatHasEndedTakesPartWithWhatItRememberedInTheEnd()
    {
        using var it = new Coordination(stages: 2);
        it.End(it.Stages[0]);
        it.Advance(10);
        it.Save(it.Source, 1);
        it.Save(it.Stages[1], 1);
        Assert.Equal(["checkpoint 1"], it.Stored());
        it.Advance(10);
        it.Save(it.Source, 2);
        it.End(it.Stages[1]);

        Assert.Equal(["checkpoint 1", "checkpoint 2"], it.Stored());
    }

    [Fact]
    public void TheLastCheckpointSaysThatTheJobHasEnded()
    {
        using var it = new Coordination();
        it.End(it.Source);
        it.Advance(100);
        Assert.Empty(it.Stored());
        it.End(it.Stages[0]);

        Assert.Equal(["checkpoint 1"], it.Stored());
        Assert.True(it.Running.IsCompletedSuccessfully);
        Assert.False(it.HasStopped);
    }

    [Fact]
    public void TheJobEndsWhenCheckpointsThatAreTooOldAreGone()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var it = new Coordination(s_options with { Retain = 1 });
        it.Store.OnDelete = () => gate.Task;
        Take(it);
        it.End(it.Source);
        it.End(it.Stages[0]);
        Assert.Equal(["checkpoint 1", "checkpoint 2"], it.Stored());
        Assert.False(it.Running.IsCompleted, "it is still deleting");
        gate.SetResult();
        it.Advance(0);

        Assert.Equal(["checkpoint 2"], it.Stored());
        Assert.True(it.Running.IsCompletedSuccessfully);
    }

    [Fact]
    public void SinksAreToldOnlyOfCompleteCheckpointsAndEverythingIsTheLastThing()
    {
        using var it = new Coordination(commits: true);
        it.Advance(10);
        it.Save(it.Source, 1);
        Assert.Empty(it.Stages[0].Completed);
        it.Save(it.Stages[0], 1);
        Assert.Equal([1], it.Stages[0].Completed);
        it.Commit(it.Stages[0], 1);
        it.End(it.Source);
        it.End(it.Stages[0]);
        Assert.Equal([1, long.MaxValue], it.Stages[0].Completed);
        Assert.False(it.Running.IsCompleted, "what came last is not committed");
        it.Commit(it.Stages[0], long.MaxValue);

        Assert.True(it.Running.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task TheJobStopsWithASavepointWhenSinksHaveCommitted()
    {
        using var it = new Coordination(commits: true);
        Task<StoredCheckpoint> asked = it.Ask("last", isLast: true);
        Assert.True(it.Source.IsLast);
        it.SaveAll(1);
        Assert.True(asked.IsCompleted);
        Assert.Equal("last", (await asked).Savepoint);
        Assert.False(it.HasStopped);
        it.Commit(it.Stages[0], 1);

        Assert.True(it.HasStopped);
        Assert.True(it.Running.IsCompletedSuccessfully);
    }

    [Fact]
    public void NothingBeginsBehindTheLastBarrierAndWithoutItThereIsNoGoingOn()
    {
        using var it = new Coordination(s_options with { MaxConcurrent = 5, Timeout = TimeSpan.FromSeconds(30) });
        Task<StoredCheckpoint> asked = it.Ask("last", isLast: true);
        it.Advance(10);
        it.Advance(10);
        Assert.Equal([1], it.Source.Asked);
        it.Advance(10);

        Assert.IsType<TimeoutException>(asked.Exception!.InnerException);
        Assert.IsType<CheckpointFailedException>(it.Running.Exception!.InnerException);
    }

    [Fact]
    public async Task SavepointsThatAreAskedForComeOneAfterTheOtherAndBeforeCheckpoints()
    {
        using var it = new Coordination();
        Task<StoredCheckpoint> one = it.Ask("one");
        Task<StoredCheckpoint> two = it.Ask("two");
        it.Advance(10);
        Assert.Equal([1], it.Source.Asked);
        it.SaveAll(1);
        it.SaveAll(2);

        Assert.True(one.IsCompleted && two.IsCompleted);
        Assert.Equal((1, 2), ((await one).Id, (await two).Id));
        Assert.Equal(["savepoint 'one' (1)", "savepoint 'two' (2)"], it.Stored());
    }

    [Fact]
    public void WhoWaitsForASavepointHearsThatTheJobHasEnded()
    {
        using var it = new Coordination();
        Task<StoredCheckpoint> underWay = it.Ask("one");
        Task<StoredCheckpoint> waiting = it.Ask("two");
        it.Abort();
        Task<StoredCheckpoint> tooLate = it.Ask("three");

        Assert.All(
            (Task<StoredCheckpoint>[])[underWay, waiting, tooLate],
            static task => Assert.IsType<InvalidOperationException>(task.Exception!.InnerException));
    }

    private static void Take(Coordination it)
    {
        it.Advance(10);
        it.SaveAll(it.Source.Asked[^1]);
    }
}
