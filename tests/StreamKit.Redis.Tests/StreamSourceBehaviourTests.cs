using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Redis.Tests;

/// <summary>What reading a stream by IDs does beyond what every source does.</summary>
public sealed class StreamSourceBehaviourTests(TestServers servers) : IAsyncLifetime
{
    private static readonly RedisStreamSourceOptions s_toTheEnd = new() { Follow = false };
    private TestServer _server = null!; // Opened before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachStreamIsASplitAndItsTimeIsTheServers()
    {
        await AddAsync("a", 3);
        await AddAsync("b", 2);
        await using SourceDriver<int> driver = await OpenAsync(RedisSource.Stream(
            _server.Connection, [_server.Key("a"), _server.Key("b")], NumberOf, s_toTheEnd));
        Assert.Equal([_server.Key("a"), _server.Key("b")], driver.Splits.Select(split => split.Name));
        Assert.Equal([0, 1, 2, 0, 1], await driver.ReadAllAsync(Token));
        StreamEntry entry = Assert.Single(await _server.Database.StreamRangeAsync(_server.Key("a"), count: 1));
        Assert.StartsWith(
            $"{RedisSource.TimeOf(entry).ToUnixTimeMilliseconds()}-", entry.Id.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNoRecordIsReportedWithItsIdAndFieldsAndReadingGoesOn()
    {
        await AddAsync("a", 2);
        RedisValue bad = await _server.Database.StreamAddAsync(
            _server.Key("a"), [new NameValueEntry("number", "many"), new NameValueEntry("by", "me")]);
        await AddAsync("a", 1);
        await using SourceDriver<int> driver = await OpenAsync(
            RedisSource.Stream(_server.Connection, _server.Key("a"), NumberOf, s_toTheEnd));
        Assert.Equal([0, 1, 0], await driver.ReadAllAsync(Token));
        BadRecord reported = Assert.Single(driver.BadRecords);
        Assert.Equal(_server.Key("a"), reported.Split);
        Assert.Equal((string?)bad, reported.Position);
        Assert.Equal("number=many\nby=me"u8.ToArray(), reported.Bytes);
        Assert.StartsWith(
            $"'{_server.Key("a")}', entry {bad}: ", reported.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStreamThatIsFollowedBringsWhatComesLater()
    {
        await using SourceDriver<int> driver = await OpenAsync(
            RedisSource.Stream(_server.Connection, _server.Key("a"), NumberOf));
        for (int round = 0; round < 3; round++)
        {
            Task<IReadOnlyList<int>> read = driver.Split.ReadCountAsync(2, Token).AsTask();
            await AddAsync("a", 2);
            Assert.Equal([0, 1], await read);
        }
    }

    [Fact]
    public async Task ReadingMayBeginNowOrBehindAnId()
    {
        await AddAsync("a", 3);
        StreamEntry[] entries = await _server.Database.StreamRangeAsync(_server.Key("a"));
        await using SourceDriver<int> behind = await OpenAsync(RedisSource.Stream(
            _server.Connection,
            _server.Key("a"),
            NumberOf,
            new RedisStreamSourceOptions { StartAfter = entries[1].Id!, Follow = false }));
        Assert.Equal([2], await behind.ReadAllAsync(Token));

        await using SourceDriver<int> now = await OpenAsync(RedisSource.Stream(
            _server.Connection,
            [_server.Key("a"), _server.Key("none")],
            NumberOf,
            new RedisStreamSourceOptions { StartAfter = "$", Follow = false }));
        await AddAsync("a", 1);
        await AddAsync("none", 2);
        Assert.Equal([0, 0, 1], await now.ReadAllAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AStreamThatIsCutUnderTheReaderFailsUnlessGapsAreAllowed(bool allowed)
    {
        await AddAsync("a", 5);
        await using SourceDriver<int> driver = await OpenAsync(RedisSource.Stream(
            _server.Connection,
            _server.Key("a"),
            NumberOf,
            new RedisStreamSourceOptions { Follow = false, AllowGaps = allowed }));
        Assert.Equal([0, 1], await driver.Split.ReadCountAsync(2, Token));
        await _server.Database.StreamTrimAsync(_server.Key("a"), 2, useApproximateMaxLength: false);
        if (allowed)
        {
            Assert.Equal([3, 4], await driver.ReadAllAsync(Token));
            return;
        }

        IOException cut = await Assert.ThrowsAsync<IOException>(async () => await driver.ReadAllAsync(Token));
        Assert.Contains("that entry has been removed since", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStreamThatIsEmptiedBehindTheReaderHasNoGap()
    {
        await AddAsync("a", 3);
        await using SourceDriver<int> driver = await OpenAsync(
            RedisSource.Stream(_server.Connection, _server.Key("a"), NumberOf, s_toTheEnd));
        Assert.Equal([0, 1, 2], await driver.Split.ReadCountAsync(3, Token));
        await _server.Database.StreamTrimAsync(_server.Key("a"), 0, useApproximateMaxLength: false);
        Assert.Empty(await driver.ReadAllAsync(Token));
        await AddAsync("a", 2);
        Assert.Equal([0, 1], await driver.ReadAllAsync(Token));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("5")]
    [InlineData("-1-1")]
    public void AStartThatIsNoIdIsRefused(string start) => Assert.Throws<ArgumentException>(() => RedisSource.Stream(
        "localhost", "a", NumberOf, new RedisStreamSourceOptions { StartAfter = start }));

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(ServerKind.Redis);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int NumberOf(StreamEntry entry) => (int)entry["number"];

    private static async Task<SourceDriver<int>> OpenAsync(ISource<int> source) =>
        await SourceDriver.OpenAsync(source, cancellationToken: Token);

    private async Task AddAsync(string stream, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _server.Database.StreamAddAsync(_server.Key(stream), "number", i);
        }
    }
}
