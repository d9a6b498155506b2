using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>Which checkpoints are kept.</summary>
public class RetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheNewestCheckpointsAndAllSavepointsAreKept()
    {
        ICheckpointSession session = await StoreScript.OpenAsync(new MemoryCheckpointStore());
        for (int id = 1; id <= 6; id++)
        {
            await StoreScript.WriteAsync(session, id, id is 1 or 5 ? $"savepoint-{id}" : null);
            await Retention.ApplyAsync(session, 2, NullLogger.Instance, Token);
        }

        Assert.Equal([6, 5, 4, 1], (await session.ListAsync(Token)).Select(stored => stored.Id));
    }

    [Fact]
    public async Task OneThatIsDamagedTakesNoOthersPlace()
    {
        var disk = new FragileDisk();
        ICheckpointSession session = await StoreScript.OpenAsync(new DirectoryCheckpointStore("/data", disk));
        for (int id = 1; id <= 4; id++)
        {
            await StoreScript.WriteAsync(session, id);
        }

        disk.DeleteFile("/data/job/checkpoint-000000000004/manifest");
        await Retention.ApplyAsync(session, 2, NullLogger.Instance, Token);
        Assert.Equal([4, 3, 2], (await session.ListAsync(Token)).Select(stored => stored.Id));
    }
}
