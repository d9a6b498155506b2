using Garnet;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using StreamKit.Servers;

[assembly: AssemblyFixture(typeof(StreamKit.Redis.Tests.TestServers))]

namespace StreamKit.Redis.Tests;

/// <summary>
/// One server of each kind for all tests, started by the first that asks for it; keys keep tests apart.
/// </summary>
public sealed class TestServers : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<ServerKind, (string Address, ConnectionMultiplexer Client)> _open = [];
    private RedisServer? _redis;
    private GarnetServer? _garnet;

    /// <summary>A server, or a skipped test where there is none on this machine.</summary>
    public async Task<TestServer> OpenAsync(ServerKind kind)
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_open.TryGetValue(kind, out (string Address, ConnectionMultiplexer Client) open))
            {
                string address = kind == ServerKind.Redis ? await StartRedisAsync() : StartGarnet();
                open = (address, await ConnectionMultiplexer.ConnectAsync(address));
                _open.Add(kind, open);
            }

            return new TestServer(open.Address, open.Client);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, ConnectionMultiplexer client) in _open.Values)
        {
            await client.DisposeAsync();
        }

        _garnet?.Dispose();
        if (_redis is { } redis)
        {
            await redis.DisposeAsync();
        }

        _gate.Dispose();
    }

    private async Task<string> StartRedisAsync()
    {
        _redis = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        return _redis.Address;
    }

    private string StartGarnet()
    {
        int port = Loopback.FreePort();
        string[] arguments =
        [
            "--port", port.ToString(null, null),
            "--bind", "127.0.0.1",
            "--memory", "64m",
            "--page", "1m",
            "--index", "16m",
            "--lua",
            "-q",
        ];
        _garnet = new GarnetServer(arguments, NullLoggerFactory.Instance);
        _garnet.Start();
        return $"127.0.0.1:{port}";
    }
}
