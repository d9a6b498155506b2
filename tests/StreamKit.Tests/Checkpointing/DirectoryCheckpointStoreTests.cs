using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Checkpointing;
using StreamKit.Conformance;

namespace StreamKit.Tests.Checkpointing;

/// <summary>The directory store keeps the contract on a real disk, and what it says about its files.</summary>
public sealed class DirectoryCheckpointStoreTests : CheckpointStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamkit-checkpoints-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_folder.FullName, "deep", "er");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TheFilesHaveNamesThatCanBeRead()
    {
        await using (ICheckpointSession session = await OpenAsync("Page views"))
        {
            await WriteAsync(session, 12, null);
            await WriteAsync(session, 13, "before-Upgrade");
        }

        string job = Path.Combine(Root, "!page%20views");
        Assert.Equal(
            ["checkpoint-000000000012", "savepoint-000000000013-before-!upgrade"],
            Directory.GetDirectories(job).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["count%2f3.part", "manifest"],
            Directory.GetFiles(Path.Combine(job, "checkpoint-000000000012"))
                .Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["lock", "owner"],
            Directory.GetFiles(job).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NothingLeavesTheDirectory()
    {
        foreach (string job in new[] { "..", "../..", "/x", "C:x", "." })
        {
            await using ICheckpointSession session = await OpenAsync(job);
            await WriteAsync(session, 1, null);
        }

        Assert.Equal([Root], Directory.GetDirectories(Path.Combine(_folder.FullName, "deep")));
        Assert.Equal(5, Directory.GetDirectories(Root).Length);
        Assert.Empty(Directory.GetFiles(Root));
    }

    [Fact]
    public async Task WhatACrashedWriterLeftIsRemovedByTheNextSession()
    {
        ICheckpointSession crashed = await OpenAsync("job");
        await crashed.WritePartAsync(1, "part", new ReadOnlySequence<byte>([1, 2]), Token);
        string job = Path.Combine(Root, "job");
        Directory.Move(
            Assert.Single(Directory.GetDirectories(job)), Path.Combine(job, "deleted-checkpoint-000000000001-x"));
        await crashed.WritePartAsync(2, "part", new ReadOnlySequence<byte>([1, 2]), Token);
        Assert.Equal(2, Directory.GetDirectories(job).Length);
        await using ICheckpointSession next = await OpenAsync("job");
        Assert.Empty(Directory.GetDirectories(job));
        await Assert.ThrowsAsync<CheckpointFencedException>(
            async () => await crashed.WritePartAsync(2, "other", new ReadOnlySequence<byte>([1]), Token));
    }

    [Fact]
    public async Task ASavepointMovesToAnotherMachineByCopyingItsDirectory()
    {
        await using (ICheckpointSession session = await OpenAsync("job"))
        {
            await WriteAsync(session, 13, "moved");
        }

        await using ICheckpointSession other = await OpenAsync("other job");
        await WriteAsync(other, 13, null);
        string target = Path.Combine(Root, "other%20job", "savepoint-13-renamed");
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(Path.Combine(Root, "job", "savepoint-000000000013-moved")))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        StoredCheckpoint copied = Assert.Single(
            await other.ListAsync(Token), stored => stored.Savepoint == "renamed");
        Assert.Equal([7, 7, 7], (await other.ReadPartAsync(copied, "count/3", Token)).ToArray());
        await other.DeleteAsync(copied, Token);
        Assert.Null(Assert.Single(await other.ListAsync(Token)).Savepoint);
    }

    [Fact]
    public async Task ContentLongerThanAnArrayComesInPieces()
    {
        byte[] content = [.. Enumerable.Range(0, 10_000).Select(static i => (byte)(i * 7))];
        var store = new DirectoryCheckpointStore(Root, new DiskFiles(chunkBytes: 1000));
        await using ICheckpointSession session = await store.OpenAsync(
            "job", TimeProvider.System, NullLogger.Instance, Token);
        await session.WritePartAsync(
            1, "part", Chunk.Join([content.AsMemory(0, 1), content.AsMemory(1, 7), content.AsMemory(8)]), Token);
        StoredCheckpoint completed = await session.CompleteAsync(1, null, content, Token);
        ReadOnlySequence<byte> read = await session.ReadPartAsync(completed, "part", Token);
        Assert.False(read.IsSingleSegment);
        Assert.Equal(content, read.ToArray());
        Assert.Equal(content, (await session.ReadManifestAsync(completed, Token)).ToArray());
    }

    [Fact]
    public async Task WhoeverChangesWhatIsCompletedWaitsForTheLock()
    {
        await using ICheckpointSession session = await OpenAsync("job");
        Task<StoredCheckpoint> completing;
        using (DiskFiles.Instance.TryLock(Path.Combine(Root, "job", "lock")))
        {
            Assert.Null(DiskFiles.Instance.TryLock(Path.Combine(Root, "job", "lock")));
            completing = session.CompleteAsync(1, null, default, Token).AsTask();
            Assert.Empty(await session.ListAsync(Token));
            Assert.False(completing.IsCompleted);
        }

        Assert.Equal([await completing], await session.ListAsync(Token));
    }

    [Fact]
    public async Task ACountOfSessionsThatWasLostStartsAnewAndStillFences()
    {
        ICheckpointSession first = await OpenAsync("job");
        File.WriteAllText(Path.Combine(Root, "job", "owner"), "rubbish");
        await Assert.ThrowsAsync<CheckpointCorruptException>(
            async () => await first.WritePartAsync(1, "part", new ReadOnlySequence<byte>([1]), Token));
        await using ICheckpointSession second = await OpenAsync("job");
        await Assert.ThrowsAsync<CheckpointFencedException>(
            async () => await first.WritePartAsync(1, "part", new ReadOnlySequence<byte>([1]), Token));
        await WriteAsync(second, 1, null);
    }

    protected override ICheckpointStore CreateStore() => new DirectoryCheckpointStore(Root);

    private ValueTask<ICheckpointSession> OpenAsync(string job) =>
        CreateStore().OpenAsync(job, TimeProvider.System, NullLogger.Instance, Token);

    private static async Task WriteAsync(ICheckpointSession session, long id, string? savepoint)
    {
        await session.WritePartAsync(id, "count/3", new ReadOnlySequence<byte>([7, 7, 7]), Token);
        await session.CompleteAsync(id, savepoint, default, Token);
    }
}
