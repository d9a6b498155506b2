using StackExchange.Redis;

namespace StreamKit.Redis.Tests;

/// <summary>A server, and a part of its keys for one test.</summary>
public sealed class TestServer(string address, ConnectionMultiplexer client)
{
    private readonly string _part = Guid.NewGuid().ToString("N");

    public string Address => address;

    public IDatabase Database => client.GetDatabase();

    public ConnectionMultiplexer Client => client;

    /// <summary>A connection of a sink's own.</summary>
    public RedisConnection Connection => RedisConnection.To(address);

    /// <summary>A key that no other test has.</summary>
    public string Key(string name) => $"{_part}:{name}";
}
