using System.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Checkpointing;
using StreamKit.Servers;

namespace StreamKit.PostgreSql.Tests.Checkpointing;

/// <summary>Stores that share nothing but the database, as those of two processes do.</summary>
public sealed class CheckpointRaceTests(SharedServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HoweverManyTakeOverAtTheSameTimeEveryCheckpointIsWholeAndOneIsLeftThatWrites()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        ICheckpointSession[] sessions = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            ICheckpointSession session = await OpenAsync(schema.ConnectionString);
            for (int id = 1; id <= 5; id++)
            {
                try
                {
                    int number = (100 * id) + i;
                    await session.WritePartAsync(number, "first", Content(number), Token);
                    await session.WritePartAsync(number, "second", Content(-number), Token);
                    await session.CompleteAsync(number, null, new byte[] { 1 }, Token);
                }
                catch (CheckpointFencedException)
                {
                    break;
                }
            }

            return session;
        }));
        var mayWrite = new List<int>();
        for (int i = 0; i < sessions.Length; i++)
        {
            if (await Record.ExceptionAsync(
                async () => await sessions[i].CompleteAsync(1000 + i, null, default, Token)) is null)
            {
                mayWrite.Add(i);
            }
        }

        ICheckpointSession left = sessions[Assert.Single(mayWrite)];
        IReadOnlyList<StoredCheckpoint> all = await left.ListAsync(Token);
        Assert.Equal(5, all.Count(stored => (stored.Id - (mayWrite[0] % 100)) % 100 == 0 && stored.Id < 1000));
        foreach (StoredCheckpoint stored in all.Where(static stored => stored.Id < 1000))
        {
            int number = (int)stored.Id;
            Assert.Equal(Content(number).ToArray(), (await left.ReadPartAsync(stored, "first", Token)).ToArray());
            Assert.Equal(Content(-number).ToArray(), (await left.ReadPartAsync(stored, "second", Token)).ToArray());
        }

        foreach (ICheckpointSession session in sessions)
        {
            await session.DisposeAsync();
        }

        // What the fenced ones left goes when the next session opens, and nothing else.
        await using ICheckpointSession next = await OpenAsync(schema.ConnectionString);
        Assert.Equal(all, await next.ListAsync(Token));
        string chunks = $"{2 * (all.Count - 1)}";
        Assert.Equal([chunks], await schema.ReadAsync("SELECT count(*) FROM streamkit_checkpoint_chunk"));
    }

    [Fact]
    public async Task WhatALaterSessionWritesStaysWhenAnEarlierOneComesToClearingUpAtLast()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await (await OpenAsync(schema.ConnectionString)).DisposeAsync();

        // The next session is the second. Of the first, and of one that is opened before the second has cleared up.
        await schema.RunAsync(
            "INSERT INTO streamkit_checkpoint_chunk VALUES "
            + "('job', 1, 1, 'part', 0, 1, ''), ('job', 2, 2, 'part', 0, 3, '')");
        var log = new LogLines();
        await using ICheckpointSession second = await OpenAsync(schema.ConnectionString, logger: log);
        Assert.Equal(["3"], await schema.ReadAsync("SELECT session FROM streamkit_checkpoint_chunk"));
        Assert.Contains(log.Lines, static line => line.Contains("left unfinished", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AConnectionThatIsLostWhileAPartIsWrittenCostsNothing(bool atCommit)
    {
        await using Schema schema = await server.MakeSchemaAsync();
        var log = new LogLines();
        var clock = new ImpatientClock();
        await using ICheckpointSession session = await OpenAsync(schema.ConnectionString, clock, log);
        await schema.CutAtRowsOfAsync("streamkit_checkpoint_chunk", times: 2, atCommit);
        ReadOnlySequence<byte> content = Content(1, length: 3 << 20);
        await session.WritePartAsync(1, "part", content, Token);
        StoredCheckpoint stored = await session.CompleteAsync(1, null, default, Token);
        byte[] read = (await session.ReadPartAsync(stored, "part", Token)).ToArray();
        Assert.True(content.ToArray().AsSpan().SequenceEqual(read));
        Assert.Equal(2, log.Lines.Count(static line => line.Contains("tried again", StringComparison.Ordinal)));
        Assert.Equal(["3"], await schema.ReadAsync("SELECT count(*) FROM streamkit_checkpoint_chunk"));
    }

    [Fact]
    public async Task ACompletionWhoseAnswerIsLostIsACompletion()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using var proxy = new CuttingProxy(schema.Server.Port);
        await using ICheckpointSession session =
            await OpenAsync($"{schema.ConnectionString};Port={proxy.Port}", new ImpatientClock());
        await session.WritePartAsync(1, "part", Content(1), Token);
        proxy.CutAt("SELECT 1");
        StoredCheckpoint stored = await session.CompleteAsync(1, "kept", new byte[] { 7 }, Token);
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal([stored], await session.ListAsync(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await session.CompleteAsync(1, null, default, Token));

        // Taking back what is complete takes nothing back.
        await session.AbandonAsync(1, Token);
        Assert.Equal(Content(1).ToArray(), (await session.ReadPartAsync(stored, "part", Token)).ToArray());
    }

    [Fact]
    public async Task ACompletionInDoubtCanBeTakenBack()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using var proxy = new CuttingProxy(schema.Server.Port);
        await using ICheckpointSession session = await OpenAsync(
            $"{schema.ConnectionString};Port={proxy.Port}", retryFor: TimeSpan.Zero);
        await session.WritePartAsync(1, "part", Content(1), Token);
        proxy.CutAt("SELECT 1");
        await Assert.ThrowsAsync<IOException>(async () => await session.CompleteAsync(1, null, default, Token));
        Assert.Equal(1, proxy.Cuts);
        Assert.Single(await session.ListAsync(Token));
        await session.AbandonAsync(1, Token);
        Assert.Empty(await session.ListAsync(Token));
        Assert.Equal(["0"], await schema.ReadAsync("SELECT count(*) FROM streamkit_checkpoint_chunk"));
    }

    [Fact]
    public async Task ACompletionInDoubtStaysWholeWhenTheSessionIsFencedAndDisposed()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using var proxy = new CuttingProxy(schema.Server.Port);
        ICheckpointSession session = await OpenAsync(
            $"{schema.ConnectionString};Port={proxy.Port}", retryFor: TimeSpan.Zero);
        await session.WritePartAsync(1, "part", Content(1), Token);
        proxy.CutAt("SELECT 1");
        await Assert.ThrowsAsync<IOException>(async () => await session.CompleteAsync(1, null, default, Token));
        await using ICheckpointSession next = await OpenAsync(schema.ConnectionString);
        await Assert.ThrowsAsync<CheckpointFencedException>(
            async () => await session.CompleteAsync(1, null, default, Token));
        await session.DisposeAsync();
        StoredCheckpoint stored = Assert.Single(await next.ListAsync(Token));
        Assert.Equal(Content(1).ToArray(), (await next.ReadPartAsync(stored, "part", Token)).ToArray());
    }

    [Fact]
    public async Task ASessionOutlivesARestartOfTheServer()
    {
        await using PostgreSqlServer own = await PostgreSqlServer.StartAsync(Token);
        await using Schema schema = await Schema.MakeAsync(own, "restarted");
        await using ICheckpointSession session = await OpenAsync(schema.ConnectionString);
        await session.WritePartAsync(1, "first", Content(1), Token);
        await own.RestartAsync(Token);
        await session.WritePartAsync(1, "second", Content(2), Token);
        await own.StopAsync();
        ValueTask<StoredCheckpoint> completing = session.CompleteAsync(1, null, default, Token);
        await own.RestartAsync(Token);
        StoredCheckpoint stored = await completing;
        Assert.Equal(Content(2).ToArray(), (await session.ReadPartAsync(stored, "second", Token)).ToArray());
    }

    [Fact]
    public async Task AServerThatIsAwayIsNamedWithoutThePassword()
    {
        string connection = $"Host=127.0.0.1;Port={Loopback.FreePort()};Database=stats;Password=s3cr3t";
        var clock = new ImpatientClock();
        IOException failure = await Assert.ThrowsAsync<IOException>(() => OpenAsync(connection, clock));
        Assert.Contains("'stats' at 127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(30), clock.Waits.Aggregate(static (a, b) => a + b));
    }

    private static async Task<ICheckpointSession> OpenAsync(
        string connection, TimeProvider? clock = null, ILogger? logger = null, TimeSpan? retryFor = null)
    {
        PostgreSqlCheckpointOptions options = retryFor is { } patience
            ? new PostgreSqlCheckpointOptions { RetryFor = patience }
            : new PostgreSqlCheckpointOptions();
        return await new PostgreSqlCheckpointStore(connection, options)
            .OpenAsync("job", clock ?? TimeProvider.System, logger ?? NullLogger.Instance, Token);
    }

    private static ReadOnlySequence<byte> Content(int seed, int length = 1000)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return new ReadOnlySequence<byte>(bytes);
    }
}
