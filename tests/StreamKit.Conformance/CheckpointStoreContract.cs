using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Checkpointing;

namespace StreamKit.Conformance;

/// <summary>What the engine relies on in every store of checkpoints; each store's tests inherit it.</summary>
public abstract class CheckpointStoreContract
{
    private static readonly string[] s_oddNames =
    [
        ".", "..", "...", "../up", "/top", "a/b", @"a\b", "C:", "con", "NUL.txt", "lock", "owner", "manifest", "a",
        "A", "aA", "Aa", "a.", "a ", " a", "%41", "!a", "~", "-", "é", "日本", "🙂", "a\nb", "a\0b", "*", "?", "<>|\"",
        new string('x', 300), new string('x', 301), new string('X', 300),
    ];

    /// <summary>Makes a store over one place, the same for each call in one test.</summary>
    protected abstract ICheckpointStore CreateStore();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACompletedCheckpointIsFoundByTheNextSession()
    {
        StoredCheckpoint completed;
        await using (ICheckpointSession session = await OpenAsync())
        {
            Assert.Empty(await session.ListAsync(Token));
            await session.WritePartAsync(7, "first", Content(1, 10), Token);
            await session.WritePartAsync(7, "second", Content(2, 20), Token);
            completed = await session.CompleteAsync(7, null, new byte[] { 1, 2, 3 }, Token);
            Assert.Equal([completed], await session.ListAsync(Token));
        }

        Assert.Equal((7, null, 33L), (completed.Id, completed.Savepoint, completed.Bytes));
        Assert.Null(completed.Damage);
        Assert.Equal(Clock.Now, completed.Created);
        await using ICheckpointSession next = await OpenAsync();
        Assert.Equal([completed], await next.ListAsync(Token));
        Assert.Equal([1, 2, 3], (await next.ReadManifestAsync(completed, Token)).ToArray());
        Assert.Equal(Bytes(1, 10), (await next.ReadPartAsync(completed, "first", Token)).ToArray());
        Assert.Equal(Bytes(2, 20), (await next.ReadPartAsync(completed, "second", Token)).ToArray());
    }

    [Fact]
    public async Task WhatIsNotCompletedIsNeverListed()
    {
        await using (ICheckpointSession session = await OpenAsync())
        {
            await session.WritePartAsync(1, "part", Content(1, 10), Token);
            Assert.Empty(await session.ListAsync(Token));
        }

        await using ICheckpointSession next = await OpenAsync();
        Assert.Empty(await next.ListAsync(Token));
        await next.WritePartAsync(1, "other", Content(1, 5), Token);
        StoredCheckpoint completed = await next.CompleteAsync(1, null, default, Token);
        Assert.Equal(5, completed.Bytes);
        await Assert.ThrowsAsync<KeyNotFoundException>(
            async () => await next.ReadPartAsync(completed, "part", Token));
    }

    [Fact]
    public async Task TheSessionThatIsOpenedLastIsTheOnlyOneThatWrites()
    {
        await using ICheckpointSession first = await OpenAsync();
        await first.WritePartAsync(1, "part", Content(1, 10), Token);
        StoredCheckpoint kept = await first.CompleteAsync(1, null, default, Token);
        await first.WritePartAsync(2, "part", Content(1, 10), Token);

        await using ICheckpointSession second = await OpenAsync();
        await Assert.ThrowsAsync<CheckpointFencedException>(
            async () => await first.WritePartAsync(2, "other", Content(1, 10), Token));
        await Assert.ThrowsAsync<CheckpointFencedException>(
            async () => await first.CompleteAsync(2, null, default, Token));
        await Assert.ThrowsAsync<CheckpointFencedException>(async () => await first.DeleteAsync(kept, Token));

        await second.WritePartAsync(2, "mine", Content(2, 10), Token);
        StoredCheckpoint completed = await second.CompleteAsync(2, null, default, Token);
        await first.AbandonAsync(2, Token);
        await first.DisposeAsync();
        Assert.Equal([completed, kept], await second.ListAsync(Token));
        Assert.Equal(Bytes(2, 10), (await second.ReadPartAsync(completed, "mine", Token)).ToArray());
    }

    [Fact]
    public async Task AReaderDisturbsNoWriter()
    {
        await using ICheckpointReader before = await CreateStore().OpenReaderAsync("job", Token);
        Assert.Empty(await before.ListAsync(Token));
        await using ICheckpointSession session = await OpenAsync();
        await session.WritePartAsync(1, "part", Content(1, 10), Token);
        await using ICheckpointReader reader = await CreateStore().OpenReaderAsync("job", Token);
        Assert.Empty(await reader.ListAsync(Token));
        StoredCheckpoint completed = await session.CompleteAsync(1, null, default, Token);
        foreach (ICheckpointReader each in new[] { before, reader })
        {
            Assert.Equal([completed], await each.ListAsync(Token));
            Assert.Equal(Bytes(1, 10), (await each.ReadPartAsync(completed, "part", Token)).ToArray());
        }
    }

    [Fact]
    public async Task ADeletedCheckpointIsGoneAndDeletingItAgainIsHarmless()
    {
        await using ICheckpointSession session = await OpenAsync();
        StoredCheckpoint[] all =
            [await WriteAsync(session, 1), await WriteAsync(session, 2, "kept"), await WriteAsync(session, 3)];
        await session.DeleteAsync(all[0], Token);
        await session.DeleteAsync(all[0], Token);
        Assert.Equal([all[2], all[1]], await session.ListAsync(Token));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await session.ReadManifestAsync(all[0], Token));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await session.ReadPartAsync(all[0], "part", Token));
        await session.DeleteAsync(all[1], Token);
        Assert.Equal([all[2]], await session.ListAsync(Token));
    }

    [Fact]
    public async Task TheHighestNumberComesFirst()
    {
        await using ICheckpointSession session = await OpenAsync();
        foreach (long id in new long[] { 9, 10, 100, 99, 5_000_000_000, 1 })
        {
            await WriteAsync(session, id);
        }

        Assert.Equal([5_000_000_000, 100, 99, 10, 9, 1], (await session.ListAsync(Token)).Select(stored => stored.Id));
    }

    [Fact]
    public async Task ASavepointHasItsNameOnceAndAPlainOne()
    {
        await using ICheckpointSession session = await OpenAsync();
        StoredCheckpoint savepoint = await WriteAsync(session, 4, "Before-upgrade_2.0");
        Assert.Equal("Before-upgrade_2.0", savepoint.Savepoint);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await session.CompleteAsync(5, savepoint.Savepoint, default, Token));
        await session.AbandonAsync(5, Token);
        StoredCheckpoint other = await WriteAsync(session, 6, "before-upgrade_2.0");
        foreach (string odd in new[] { string.Empty, ".x", "a b", "a/b", "é", new string('x', 81) })
        {
            await Assert.ThrowsAsync<ArgumentException>(
                async () => await session.CompleteAsync(7, odd, default, Token));
        }

        StoredCheckpoint longest = await WriteAsync(session, 8, new string('X', 80));
        await using ICheckpointSession next = await OpenAsync();
        Assert.Equal([longest, other, savepoint], await next.ListAsync(Token));
        Assert.Equal([4], (await next.ReadManifestAsync(savepoint, Token)).ToArray());
    }

    [Fact]
    public async Task ANumberAndAPartAreUsedOnce()
    {
        await using ICheckpointSession session = await OpenAsync();
        await session.WritePartAsync(1, "part", Content(1, 10), Token);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await session.WritePartAsync(1, "part", Content(2, 10), Token));
        StoredCheckpoint completed = await session.CompleteAsync(1, null, default, Token);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await session.WritePartAsync(1, "late", Content(2, 10), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await session.CompleteAsync(1, null, default, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await session.WritePartAsync(0, "part", Content(1, 10), Token));
        Assert.Equal(Bytes(1, 10), (await session.ReadPartAsync(completed, "part", Token)).ToArray());
    }

    [Fact]
    public async Task AnAbandonedCheckpointLeavesNothingAndItsNumberIsFree()
    {
        await using ICheckpointSession session = await OpenAsync();
        await session.AbandonAsync(1, Token);
        await session.WritePartAsync(1, "part", Content(1, 10), Token);
        await session.AbandonAsync(1, Token);
        await session.AbandonAsync(1, Token);
        Assert.Empty(await session.ListAsync(Token));
        await session.WritePartAsync(1, "part", Content(2, 4), Token);
        StoredCheckpoint completed = await session.CompleteAsync(1, null, default, Token);
        Assert.Equal(Bytes(2, 4), (await session.ReadPartAsync(completed, "part", Token)).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000_001)]
    public async Task PartsOfAnyLengthComeBackAsTheyWere(int length)
    {
        await using ICheckpointSession session = await OpenAsync();
        await session.WritePartAsync(1, "part", Content(3, length), Token);
        byte[] manifest = Bytes(4, length);
        StoredCheckpoint completed = await session.CompleteAsync(1, null, manifest, Token);
        ReadOnlySequence<byte> part = await session.ReadPartAsync(completed, "part", Token);
        ReadOnlyMemory<byte> read = await session.ReadManifestAsync(completed, Token);
        Assert.True(Bytes(3, length).AsSpan().SequenceEqual(part.ToArray()));
        Assert.True(manifest.AsSpan().SequenceEqual(read.Span));
    }

    [Fact]
    public async Task ManyPartsOfSeveralCheckpointsAreWrittenAtTheSameTime()
    {
        await using ICheckpointSession session = await OpenAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 300),
            Token,
            async (i, token) => await session.WritePartAsync(1 + (i % 3), $"part {i}", Content(i, i), token));
        foreach (long id in new long[] { 2, 1, 3 })
        {
            StoredCheckpoint completed = await session.CompleteAsync(id, null, default, Token);
            for (int i = 0; i < 300; i++)
            {
                if (1 + (i % 3) == id)
                {
                    Assert.Equal(
                        Bytes(i, i), (await session.ReadPartAsync(completed, $"part {i}", Token)).ToArray());
                }
            }
        }
    }

    [Fact]
    public async Task AnyTextNamesAPartOfItsOwn()
    {
        await using ICheckpointSession session = await OpenAsync();
        foreach ((int i, string name) in s_oddNames.Index())
        {
            await session.WritePartAsync(1, name, Content(i, 8), Token);
        }

        StoredCheckpoint completed = await session.CompleteAsync(1, null, default, Token);
        foreach ((int i, string name) in s_oddNames.Index())
        {
            Assert.Equal(Bytes(i, 8), (await session.ReadPartAsync(completed, name, Token)).ToArray());
        }
    }

    [Fact]
    public async Task AnyTextNamesAJobOfItsOwn()
    {
        ICheckpointStore store = CreateStore();
        foreach ((int i, string name) in s_oddNames.Index())
        {
            await using ICheckpointSession session = await OpenAsync(store, name);
            await WriteAsync(session, i + 1);
        }

        foreach ((int i, string name) in s_oddNames.Index())
        {
            await using ICheckpointReader reader = await store.OpenReaderAsync(name, Token);
            Assert.Equal(i + 1, Assert.Single(await reader.ListAsync(Token)).Id);
        }
    }

    [Fact]
    public async Task ACancelledCallHasDoneNothingAndMayBeMadeAgain()
    {
        var cancelled = new CancellationToken(canceled: true);
        await using ICheckpointSession session = await OpenAsync();
        StoredCheckpoint old = await WriteAsync(session, 1);
        await AssertCancelledAsync(() => session.WritePartAsync(2, "part", Content(1, 10), cancelled));
        await session.WritePartAsync(2, "part", Content(1, 10), Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await session.CompleteAsync(2, null, default, cancelled));
        Assert.Equal([old], await session.ListAsync(Token));
        StoredCheckpoint completed = await session.CompleteAsync(2, null, default, Token);
        await AssertCancelledAsync(() => session.DeleteAsync(old, cancelled));
        Assert.Equal([completed, old], await session.ListAsync(Token));
    }

    [Fact]
    public async Task TheCallerMayUseItsMemoryAgain()
    {
        byte[] memory = Bytes(1, 100);
        byte[] manifest = [1, 2];
        await using ICheckpointSession session = await OpenAsync();
        await session.WritePartAsync(1, "part", new ReadOnlySequence<byte>(memory), Token);
        Array.Clear(memory);
        StoredCheckpoint completed = await session.CompleteAsync(1, null, manifest, Token);
        Array.Clear(manifest);
        Assert.Equal(Bytes(1, 100), (await session.ReadPartAsync(completed, "part", Token)).ToArray());
        Assert.Equal([1, 2], (await session.ReadManifestAsync(completed, Token)).ToArray());
    }

    [Fact]
    public async Task ADisposedSessionWritesNothing()
    {
        ICheckpointSession session = await OpenAsync();
        await session.WritePartAsync(1, "part", Content(1, 10), Token);
        await session.DisposeAsync();
        await session.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await session.WritePartAsync(2, "part", Content(1, 10), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await session.CompleteAsync(1, null, default, Token));
    }

    private static async Task AssertCancelledAsync(Func<ValueTask> call) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call());

    private ValueTask<ICheckpointSession> OpenAsync() => OpenAsync(CreateStore(), "job");

    private static ValueTask<ICheckpointSession> OpenAsync(ICheckpointStore store, string job) =>
        store.OpenAsync(job, new Clock(), NullLogger.Instance, Token);

    private static async Task<StoredCheckpoint> WriteAsync(ICheckpointSession session, long id, string? name = null)
    {
        await session.WritePartAsync(id, "part", Content((int)id, 10), Token);
        return await session.CompleteAsync(id, name, new[] { (byte)id }, Token);
    }

    private static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static ReadOnlySequence<byte> Content(int seed, int length) => new(Bytes(seed, length));

    private sealed class Clock : TimeProvider
    {
        public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
