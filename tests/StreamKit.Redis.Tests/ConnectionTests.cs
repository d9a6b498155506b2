using System.Globalization;
using StackExchange.Redis;
using StreamKit.Servers;
using StreamKit.Testing;

namespace StreamKit.Redis.Tests;

/// <summary>Servers that are not there, go away, come back, or refuse; each test has its own.</summary>
public sealed class ConnectionTests
{
    private const string Password = "hunter2-hunter2";
    private static readonly RedisSinkOptions s_once = new() { RetryFor = TimeSpan.Zero };
    private static readonly RedisSinkOptions s_patient = new() { RetryFor = TimeSpan.FromMinutes(5) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AServerThatIsNotThereIsNamedAndItsPasswordIsNot()
    {
        int port = Loopback.FreePort();
        IOException failure = await Assert.ThrowsAsync<IOException>(async () => await OpenAsync(
            $"127.0.0.1:{port},password={Password},connectRetry=0,connectTimeout=500", s_once));
        Assert.StartsWith(
            $"'sink' has had no answer from Redis at 127.0.0.1:{port} for 00:00:00: no connection",
            failure.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongPasswordIsNotTriedAgainAndNotSaid()
    {
        await using RedisServer server = await RedisServer.StartAsync(Token);
        await using ConnectionMultiplexer admin =
            await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await admin.GetServer(server.Address).ConfigSetAsync("requirepass", "another");
        IOException failure = await Assert.ThrowsAsync<IOException>(
            async () => await OpenAsync($"{server.Address},password={Password}", s_patient));
        Assert.Equal(
            $"'sink' is refused by Redis at {server.Address}: it does not accept the name or the password",
            failure.Message);
        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
        IOException without = await Assert.ThrowsAsync<IOException>(
            async () => await OpenAsync(server.Address, s_patient));
        Assert.StartsWith("'sink' is refused", without.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASinkThatOpensBeforeItsServerWaitsForIt()
    {
        await using RedisServer server = await RedisServer.StartAsync(Token);
        await server.StopAsync();
        Task<SinkDriver<int>> opening = OpenAsync($"{server.Address},connectRetry=0", s_patient);
        await server.RestartAsync(Token);
        await using SinkDriver<int> driver = await opening;
        await driver.WriteAsync([1], Token);
        await driver.FlushAsync(Token);
        Assert.Equal(["1=1"], await ReadAsync(server));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AServerThatGoesAwayInTheMiddleAndComesBackHasEveryValue(bool kills)
    {
        await using RedisServer server = await RedisServer.StartAsync(Token);
        await using SinkDriver<int> driver = await OpenAsync(server.Address, s_patient);
        for (int i = 0; i < 300; i++)
        {
            await driver.WriteAsync([i, i + 1000], Token);
            if (i is 100 or 200)
            {
                await (kills ? server.KillAsync() : server.StopAsync());
                Task write = driver.WriteAsync([-i], Token).AsTask();
                await server.RestartAsync(Token);
                await write;
            }
        }

        await driver.FlushAsync(Token);
        string[] all = await ReadAsync(server);
        int[] written = [.. Enumerable.Range(0, 300), .. Enumerable.Range(1000, 300), -100, -200];

        // What a server that is killed had acknowledged in its last second it may have lost; what came behind is there.
        Assert.Empty(all.Except(written.Select(i => $"{i}={i}")));
        Assert.Empty(written.Where(i => !kills || i % 1000 > 200).Select(i => $"{i}={i}").Except(all));
    }

    [Fact]
    public async Task AServerThatDoesNotComeBackFailsTheSinkInTime()
    {
        await using RedisServer server = await RedisServer.StartAsync(Token);
        SinkDriver<int> driver = await OpenAsync(
            $"{server.Address},asyncTimeout=500,syncTimeout=500",
            new RedisSinkOptions { RetryFor = TimeSpan.FromMilliseconds(200) });
        await server.StopAsync();
        IOException failure = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await driver.WriteAsync([1], Token);
            await driver.FlushAsync(Token);
        });
        Assert.Contains(
            $"no answer from Redis at {server.Address} for 00:00:00.2", failure.Message, StringComparison.Ordinal);
        await driver.DisposeAsync();
    }

    [Fact]
    public async Task WhatTheServerRefusesIsNotTriedAgain()
    {
        await using RedisServer server = await RedisServer.StartAsync(Token);
        await using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await client.GetDatabase().StringSetAsync("numbers", "text");
        SinkDriver<int> driver = await OpenAsync(server.Address, s_patient);
        await driver.WriteAsync([1], Token);
        IOException refused = await Assert.ThrowsAsync<IOException>(async () => await driver.FlushAsync(Token));
        Assert.StartsWith(
            $"'sink' is refused by Redis at {server.Address}: WRONGTYPE", refused.Message, StringComparison.Ordinal);
        await driver.DisposeAsync();
    }

    [Fact]
    public async Task TheSinksOfAConnectionShareItAndTheLastCloses()
    {
        await using RedisServer server = await RedisServer.StartAsync(Token);
        await using ConnectionMultiplexer admin =
            await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true,name=admin");
        RedisConnection connection = $"{server.Address},name=shared";
        for (int round = 0; round < 2; round++)
        {
            SinkDriver<int>[] drivers = await Task.WhenAll(
                Enumerable.Range(0, 3).Select(_ => OpenAsync(connection, s_patient)));
            Assert.Equal(1, await CountAsync());
            await drivers[0].DisposeAsync();
            await drivers[0].DisposeAsync();
            await drivers[1].DisposeAsync();
            Assert.Equal(1, await CountAsync());
            await drivers[2].WriteAsync([round], Token);
            await drivers[2].DisposeAsync();
            while (await CountAsync() > 0)
            {
                await Task.Yield(); // The server sees the end of a connection a moment later.
            }
        }

        Assert.Equal(["0=0", "1=1"], await ReadAsync(server));

        async Task<int> CountAsync() => (await admin.GetServer(server.Address).ClientListAsync())
            .Count(client => client.Name == "shared" && client.SubscriptionCount == 0);
    }

    [Fact]
    public async Task AMultiplexerOfTheProgramIsUsedAndLeftOpen()
    {
        await using RedisServer server = await RedisServer.StartAsync(Token);
        await using ConnectionMultiplexer own = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await using (SinkDriver<int> driver = await OpenAsync(RedisConnection.Over(own, database: 3), s_patient))
        {
            await driver.WriteAsync([1], Token);
        }

        Assert.True(own.IsConnected);
        Assert.Equal(1, (int)await own.GetDatabase(3).HashGetAsync("numbers", "1"));
    }

    [Fact]
    public async Task ASlowServerHoldsTheSinkAndLosesNothing()
    {
        await using RedisServer server = await RedisServer.StartAsync(Token);
        await using ConnectionMultiplexer admin =
            await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await using SinkDriver<int> driver = await OpenAsync(
            $"{server.Address},asyncTimeout=600000", s_patient with { BatchesInFlight = 3 });

        // It takes commands and carries none out.
        await admin.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", "600000", "WRITE");
        for (int i = 1; i <= 3; i++)
        {
            Assert.True(driver.WriteAsync([i], Token).AsTask().IsCompletedSuccessfully);
        }

        Task fourth = driver.WriteAsync([4], Token).AsTask();
        Assert.False(fourth.IsCompleted);
        await admin.GetDatabase().ExecuteAsync("CLIENT", "UNPAUSE");
        await fourth;
        await driver.FlushAsync(Token);
        Assert.Equal(["1=1", "2=2", "3=3", "4=4"], await ReadAsync(server));
    }

    [Theory]
    [InlineData("redis://me:hunter2-hunter2@localhost:6379")]
    [InlineData("password=hunter2-hunter2")]
    public void AConfigurationThatIsNoneIsRefusedWithoutRepeatingIt(string configuration)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => RedisConnection.To(configuration));
        Assert.DoesNotContain(Password, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AConnectionSaysWhereToAndNotWithWhichPassword()
    {
        RedisConnection connection = $"one:1,127.0.0.1:2,password={Password}";
        Assert.Equal("one:1, 127.0.0.1:2", connection.ToString());
    }

    private static async Task<SinkDriver<int>> OpenAsync(RedisConnection connection, RedisSinkOptions options) =>
        await SinkDriver.OpenAsync(
            RedisSink.Hash<int>(connection, _ => "numbers", FieldOf, number => number, options),
            cancellationToken: Token);

    private static RedisValue FieldOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string[]> ReadAsync(RedisServer server)
    {
        await using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(server.Address);
        HashEntry[] entries = await client.GetDatabase().HashGetAllAsync("numbers");
        return [.. entries.Select(entry => $"{entry.Name}={entry.Value}").Order(StringComparer.Ordinal)];
    }
}
