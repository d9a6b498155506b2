using System.Buffers;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>
/// The directory store on a disk that fails or loses power at every step: what was completed is there and whole, what
/// was not is there and whole or not there at all.
/// </summary>
public class DirectoryStoreCrashTests
{
    private const int Throws = 25;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALossOfPowerAtAnyStepTakesNothingThatWasCompleted()
    {
        int steps = await StepsAsync();
        Assert.InRange(steps, 80, 400);
        for (int step = 1; step <= steps; step++)
        {
            for (int seed = 0; seed < Throws; seed++)
            {
                (FragileDisk disk, StoreScript script) = await CutAsync(step);
                disk.Restart(new Random((step * Throws) + seed));
                await AssertSoundAsync(disk, script);
            }
        }
    }

    [Fact]
    public async Task ASecondLossOfPowerWhileTheStoreIsOpenedAgainTakesNothingEither()
    {
        int steps = await StepsAsync();
        for (int step = 1; step <= steps; step++)
        {
            for (int seed = 0; seed < Throws; seed++)
            {
                (FragileDisk disk, StoreScript script) = await CutAsync(step);
                var dice = new Random((step * Throws) + seed);
                disk.Restart(dice);
                disk.FailAt = disk.Steps + dice.Next(1, 20);
                try
                {
                    ICheckpointSession session = await StoreScript.OpenAsync(Store(disk));
                    script.Uncertain.Add(100);
                    await StoreScript.WriteAsync(session, 100);
                    script.Certain.Add(100);
                }
                catch (PowerLossException)
                {
                    // This is what the test is about.
                }

                disk.Restart(dice);
                await AssertSoundAsync(disk, script);
            }
        }
    }

    [Fact]
    public async Task AKilledProcessLosesNothingThatWasCompleted()
    {
        int steps = await StepsAsync();
        for (int step = 1; step <= steps; step++)
        {
            (FragileDisk disk, StoreScript script) = await CutAsync(step);
            disk.Revive();
            await AssertSoundAsync(disk, script);
        }
    }

    [Fact]
    public async Task AStepThatFailsIsMadeGoodByMakingTheCallAgain()
    {
        int steps = await StepsAsync();
        for (int step = 1; step <= steps; step++)
        {
            var disk = new FragileDisk { FailAt = step };
            var script = new StoreScript(Store(disk)) { Attempts = 2 };
            await script.RunAsync();
            Assert.Equal([3, 4, 6], script.Certain.Order());
            disk.Restart(new Random(step));
            await AssertSoundAsync(disk, script);
        }
    }

    [Fact]
    public async Task WhatWasAbandonedAfterCompletingItFailedIsNeverListed()
    {
        int failures = 0;
        for (int step = 1; ; step++)
        {
            var disk = new FragileDisk();
            ICheckpointSession session = await StoreScript.OpenAsync(Store(disk));
            await session.WritePartAsync(1, "part", new ReadOnlySequence<byte>([1, 2, 3]), Token);
            disk.FailAt = disk.Steps + step;
            try
            {
                await session.CompleteAsync(1, null, default, Token);
                break;
            }
            catch (IOException)
            {
                failures++;
            }

            await session.AbandonAsync(1, Token);
            Assert.Empty(await session.ListAsync(Token));
            for (int seed = 0; seed < Throws; seed++)
            {
                disk.Restart(new Random(seed));
                Assert.Empty(await (await StoreScript.OpenAsync(Store(disk))).ListAsync(Token));
            }
        }

        Assert.InRange(failures, 7, 20);
    }

    private static DirectoryCheckpointStore Store(FragileDisk disk) => new("/data/checkpoints", disk);

    private static async Task<int> StepsAsync()
    {
        var disk = new FragileDisk();
        await new StoreScript(Store(disk)).RunAsync();
        return disk.Steps;
    }

    private static async Task<(FragileDisk Disk, StoreScript Script)> CutAsync(int step)
    {
        var disk = new FragileDisk { FailAt = step, LosesPower = true };
        var script = new StoreScript(Store(disk));
        await Assert.ThrowsAsync<PowerLossException>(script.RunAsync);
        return (disk, script);
    }

    private static async Task AssertSoundAsync(FragileDisk disk, StoreScript script)
    {
        ICheckpointSession session = await StoreScript.OpenAsync(Store(disk));
        IReadOnlyList<StoredCheckpoint> listed = await session.ListAsync(Token);
        HashSet<long> ids = [.. listed.Select(stored => stored.Id)];
        Assert.Superset(script.Certain, ids);
        Assert.Subset(script.Certain.Union(script.Uncertain).ToHashSet(), ids);
        foreach (StoredCheckpoint stored in listed)
        {
            Assert.Null(stored.Damage);
            Assert.Equal(stored.Id == 3 ? "kept" : null, stored.Savepoint);
            await StoreScript.ReadAsync(session, stored);
        }

        // It goes on from here, and nothing is left lying about.
        await StoreScript.WriteAsync(session, 200);
        Assert.Equal(listed.Count + 1, (await session.ListAsync(Token)).Count);
        Assert.Equal(
            listed.Count + 1 + 2, disk.List("/data/checkpoints/job").Count(name => name != "owner.new"));
    }
}
