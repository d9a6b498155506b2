using StackExchange.Redis;
using StreamKit.Conformance;
using StreamKit.Servers;

namespace StreamKit.Redis.Tests.Contracts;

/// <summary>A redis-server of one test, and a way into it that tells the connections of others from its own.</summary>
internal sealed class RedisBehind(RedisServer server) : IAsyncDisposable
{
    private const string Others = "streamkit";

    public string Address => server.Address;

    /// <summary>How sinks and sources connect; a server without a password takes any.</summary>
    public RedisConnection Connection => $"{server.Address},name={Others},password={SinkServer<int>.Secret}";

    public static async Task<RedisBehind> StartAsync(CancellationToken cancellationToken) =>
        new(await RedisServer.StartAsync(cancellationToken));

    public async Task<TResult> AskAsync<TResult>(Func<IDatabase, Task<TResult>> question)
    {
        await using ConnectionMultiplexer admin = await ConnectAsync();
        return await question(admin.GetDatabase());
    }

    public async Task BreakAsync()
    {
        await using ConnectionMultiplexer admin = await ConnectAsync();
        IServer there = admin.GetServer(server.Address);
        foreach (ClientInfo client in await there.ClientListAsync())
        {
            if (client.Name == Others)
            {
                await there.ClientKillAsync(client.Id);
            }
        }
    }

    public async Task<int> CountConnectionsAsync()
    {
        await using ConnectionMultiplexer admin = await ConnectAsync();
        return (await admin.GetServer(server.Address).ClientListAsync()).Count(client => client.Name == Others);
    }

    public Task StopAsync() => server.StopAsync();

    public Task RestartAsync(CancellationToken cancellationToken) => server.RestartAsync(cancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<ConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true,name=admin");
}
