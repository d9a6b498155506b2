using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Redis.Tests;

/// <summary>What a consumer of a group reads, acknowledges and reads again.</summary>
public sealed class GroupSourceTests(TestServers servers) : IAsyncLifetime
{
    private TestServer _server = null!; // Opened before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsNotAcknowledgedIsReadAgainByTheConsumerOfThatName()
    {
        await AddAsync(5);
        await using (SourceDriver<int> killed = await OpenAsync("me"))
        {
            Assert.Equal([0, 1, 2], await killed.Split.ReadCountAsync(3, Token));
        }

        await using (SourceDriver<int> killed = await OpenAsync("me"))
        {
            Assert.Equal([0, 1, 2, 3, 4], await killed.ReadAllAsync(Token));
        }

        Assert.Equal(5, await PendingAsync());
        await using SourceDriver<int> next = await OpenAsync("me");
        Assert.Equal([0, 1, 2, 3, 4], await next.ReadAllAsync(Token));
    }

    [Fact]
    public async Task ACompletedCheckpointAcknowledgesWhatItHoldsAndNoMore()
    {
        await AddAsync(5);
        await using SourceDriver<int> driver = await OpenAsync("me");
        await driver.Split.ReadCountAsync(3, Token);
        Assert.Equal(3, await PendingAsync());
        await driver.CompleteCheckpointAsync(Token);
        Assert.Equal(0, await PendingAsync());
        await driver.Split.ReadCountAsync(1, Token);
        Assert.Equal(1, await PendingAsync());
        await using SourceDriver<int> next = await OpenAsync("me");
        Assert.Equal([3, 4], await next.ReadAllAsync(Token));
    }

    [Fact]
    public async Task GoingOnFromACheckpointReadsWhatItDoesNotHoldAlthoughTheServerWasNotTold()
    {
        await AddAsync(6);
        string position;
        await using (SourceDriver<int> killed = await OpenAsync("me"))
        {
            await killed.Split.ReadCountAsync(2, Token);
            position = killed.Split.Position!;
            await killed.Split.ReadCountAsync(2, Token);
        }

        Assert.Equal(4, await PendingAsync());
        await using SourceDriver<int> next = await OpenAsync("me");
        await next.Split.SeekAsync(position, Token);
        Assert.Equal([2, 3, 4, 5], await next.ReadAllAsync(Token));
        await next.CompleteCheckpointAsync(Token);
        Assert.Equal(0, await PendingAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task ReadingOnFromAnyPositionOfAReaderThatWasNotAcknowledgedDeliversTheRest(int count)
    {
        await AddAsync(6);
        await using SourceDriver<int> driver = await OpenAsync("me");
        await driver.Split.ReadCountAsync(count, Token);
        string position = driver.Split.Position!;
        await driver.ReadAllAsync(Token);
        await driver.Split.SeekAsync(position, Token);
        Assert.Equal(position, driver.Split.Position);
        Assert.Equal(Enumerable.Range(count, 6 - count), await driver.ReadAllAsync(Token));
    }

    [Fact]
    public async Task ConsumersOfAGroupShareTheEntries()
    {
        await AddAsync(10);
        await using SourceDriver<int> one = await OpenAsync("one");
        await using SourceDriver<int> two = await OpenAsync("two");
        Assert.Equal([0, 1, 2, 3], await one.Split.ReadCountAsync(4, Token));
        Assert.Equal([4, 5, 6, 7, 8, 9], await two.ReadAllAsync(Token));
        Assert.Empty(await one.ReadAllAsync(Token));
    }

    [Fact]
    public async Task AJobWithoutCheckpointsAcknowledgesWhatWasHandedOn()
    {
        await AddAsync(5);
        await using SourceDriver<int> driver = await OpenAsync("me", hasCheckpoints: false);
        await driver.Split.ReadCountAsync(2, Token);
        Assert.Equal(2, await PendingAsync());
        Assert.Equal([2, 3, 4], await driver.ReadAllAsync(Token));
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task WhatADeadConsumerWasGivenIsTakenOverOnceAndGoesIntoThePosition()
    {
        await AddAsync(6);
        await using (SourceDriver<int> dead = await OpenAsync("dead"))
        {
            Assert.Equal([0, 1, 2], await dead.Split.ReadCountAsync(3, Token));
        }

        await AgeAsync("dead");
        var options = new RedisGroupSourceOptions { Follow = false, ClaimAfter = TimeSpan.FromMinutes(1) };
        string before, after;
        await using (SourceDriver<int> heir = await OpenAsync("heir", options))
        {
            before = heir.Split.Position!;
            Assert.Equal([0, 1], await heir.Split.ReadCountAsync(2, Token));
            after = heir.Split.Position!;
            Assert.Equal([2, 3, 4, 5], await heir.ReadAllAsync(Token));
        }

        // It was killed: its checkpoint holds two of those that it had taken over, or none.
        await using (SourceDriver<int> next = await OpenAsync("heir", options))
        {
            await next.Split.SeekAsync(after, Token);
            Assert.Equal([3, 4, 5, 2], await next.ReadAllAsync(Token));
        }

        await using SourceDriver<int> last = await OpenAsync("heir", options);
        await last.Split.SeekAsync(before, Token);
        Assert.Equal([3, 4, 5, 0, 1, 2], await last.ReadAllAsync(Token));
        await last.CompleteCheckpointAsync(Token);
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task NothingIsTakenOverFromALivingConsumerOrFromOneself()
    {
        await AddAsync(3);
        var options = new RedisGroupSourceOptions { Follow = false, ClaimAfter = TimeSpan.FromHours(1) };
        await using SourceDriver<int> alive = await OpenAsync("alive", options);
        Assert.Equal([0], await alive.Split.ReadCountAsync(1, Token));
        await using SourceDriver<int> me = await OpenAsync("me", options);
        Assert.Equal([1, 2], await me.ReadAllAsync(Token));
        await AgeAsync("me");
        Assert.Empty(await me.ReadAllAsync(Token));
        await using SourceDriver<int> again = await OpenAsync("me", options);
        await again.Split.SeekAsync(me.Split.Position!, Token);
        Assert.Empty(await again.ReadAllAsync(Token));
    }

    [Fact]
    public async Task AnEntryThatWasRemovedWhileItWaitedIsReported()
    {
        await AddAsync(3);
        await using (SourceDriver<int> killed = await OpenAsync("me"))
        {
            await killed.Split.ReadCountAsync(2, Token);
        }

        StreamEntry first = Assert.Single(await _server.Database.StreamRangeAsync(_server.Key("s"), count: 1));
        await _server.Database.StreamDeleteAsync(_server.Key("s"), [first.Id]);
        await using SourceDriver<int> next = await OpenAsync("me");
        Assert.Equal([1, 2], await next.ReadAllAsync(Token));
        BadRecord removed = Assert.Single(next.BadRecords);
        Assert.Equal((string?)first.Id, removed.Position);
        Assert.Contains(
            "removed from the stream before it was read", removed.Exception.Message, StringComparison.Ordinal);
        await next.CompleteCheckpointAsync(Token);
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task AReadThatIsGivenUpLosesNothing()
    {
        await using SourceDriver<int> driver = await OpenAsync("me", new RedisGroupSourceOptions());
        for (int i = 0; i < 20; i++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
            Task<IReadOnlyList<int>> read = driver.Split.ReadAsync(cancel.Token).AsTask();
            Task added = AddAsync(1);
            await cancel.CancelAsync();
            await added;
            if (await Record.ExceptionAsync(() => read) is null)
            {
                Assert.Equal([0], await read);
            }
            else
            {
                Assert.Equal([0], await driver.Split.ReadAsync(Token));
            }
        }
    }

    [Fact]
    public async Task ReadingWaitsWhereTooMuchIsNotAcknowledged()
    {
        await AddAsync(4);
        await using SourceDriver<int> driver = await OpenAsync(
            "me", new RedisGroupSourceOptions { Follow = false, MaxUnacknowledged = 2 });
        Assert.Equal([0, 1], await driver.Split.ReadCountAsync(2, Token));
        Task<IReadOnlyList<int>> waiting = driver.Split.ReadCountAsync(2, Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await driver.CompleteCheckpointAsync(Token);
        Assert.Equal([2, 3], await waiting);
    }

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(ServerKind.Redis);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int NumberOf(StreamEntry entry) => (int)entry["number"];

    private async Task<SourceDriver<int>> OpenAsync(
        string consumer, RedisGroupSourceOptions? options = null, bool hasCheckpoints = true) =>
        await SourceDriver.OpenAsync(
            RedisSource.Group(
                _server.Connection,
                _server.Key("s"),
                "group",
                consumer,
                NumberOf,
                options ?? new RedisGroupSourceOptions { Follow = false }),
            new SourceDriverOptions { HasCheckpoints = hasCheckpoints },
            Token);

    private async Task AddAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _server.Database.StreamAddAsync(_server.Key("s"), "number", i);
        }
    }

    private async Task<int> PendingAsync() =>
        (await _server.Database.StreamPendingAsync(_server.Key("s"), "group")).PendingMessageCount;

    /// <summary>Lets what a consumer was given lie there for an hour and a half.</summary>
    private async Task AgeAsync(string consumer)
    {
        StreamPendingMessageInfo[] given = await _server.Database.StreamPendingMessagesAsync(
            _server.Key("s"), "group", 100, consumer);
        object[] arguments =
        [
            _server.Key("s"), "group", consumer, "0", .. given.Select(entry => (object)entry.MessageId),
            "IDLE", "5400000", "JUSTID",
        ];
        await _server.Database.ExecuteAsync("XCLAIM", arguments);
    }
}
