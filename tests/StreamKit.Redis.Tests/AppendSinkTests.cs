using StackExchange.Redis;
using StreamKit.Redis.Writing;
using StreamKit.Testing;

namespace StreamKit.Redis.Tests;

/// <summary>Streams and channels.</summary>
public sealed class AppendSinkTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStreamKeepsAboutItsLength()
    {
        TestServer server = await servers.OpenAsync(ServerKind.Redis);
        var options = new RedisStreamSinkOptions { MaxLength = 1000, ExpireAfter = TimeSpan.FromHours(1) };
        await using (SinkDriver<string> driver = await SinkDriver.OpenAsync(
            StreamOfTests.SinkOf(server, options), cancellationToken: Token))
        {
            for (int i = 0; i < 10; i++)
            {
                await driver.WriteAsync([.. Enumerable.Range(0, 500).Select(word => $"{i}-{word}")], Token);
            }
        }

        IReadOnlyList<string> words = await StreamOfTests.ReadAsync(server);
        Assert.InRange(words.Count, 1000, 1200);
        Assert.Equal("9-499", words[^1]);
        Assert.NotNull(await server.Database.KeyTimeToLiveAsync(server.Key("words")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task AnEntryWithoutFieldsOrWithTooManyIsRefused(int fields)
    {
        TestServer server = await servers.OpenAsync(ServerKind.Redis);
        await using SinkDriver<int> driver = await SinkDriver.OpenAsync(
            RedisSink.Stream<int>(
                server.Connection, server.Key("s"), count => [.. Enumerable.Repeat(new NameValueEntry("a", 1), count)]),
            cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentException>(async () => await driver.WriteAsync([1, fields], Token));
        await driver.WriteAsync([1000], Token);
        await driver.FlushAsync(Token);
        Assert.Equal(1, await server.Database.StreamLengthAsync(server.Key("s")));
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Garnet)]
    public async Task WhoeverListensGetsTheMessagesInTheirOrder(ServerKind kind)
    {
        TestServer server = await servers.OpenAsync(kind);
        ISubscriber listener = server.Client.GetSubscriber();
        ChannelMessageQueue queue = await listener.SubscribeAsync(RedisChannel.Literal(server.Key("news")));
        await using (SinkDriver<int> driver = await SinkDriver.OpenAsync(
            RedisSink.Publish<int>(server.Connection, server.Key("news"), number => number), cancellationToken: Token))
        {
            await driver.WriteAsync([.. Enumerable.Range(0, 300)], Token);
            await driver.WriteAsync([.. Enumerable.Range(300, 300)], Token);
        }

        for (int i = 0; i < 600; i++)
        {
            ChannelMessage message = await queue.ReadAsync(Token);
            Assert.Equal(i, (int)message.Message);
        }

        await queue.UnsubscribeAsync();
    }

    [Fact]
    public void AChannelHasNoExpiry() => Assert.Throws<ArgumentException>(() => RedisSink.Publish<int>(
        "localhost", "news", number => number, new RedisSinkOptions { ExpireAfter = TimeSpan.FromHours(1) }));

    [Theory]
    [InlineData("words", "{words}:streamkit:out")]
    [InlineData("a{b}c", "a{b}c:streamkit:out")]
    [InlineData("a{}c", "{a{}c}:streamkit:out")]
    public void AMarkerLiesInTheSlotOfItsKey(string key, string marker) =>
        Assert.Equal(marker, EpochMarker.Of(key, "out").ToString());
}
