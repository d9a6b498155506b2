using Npgsql;
using StackExchange.Redis;
using StreamKit.Kafka.Mock;
using StreamKit.Servers;

namespace HashtagTracker.EndToEnd.Tests;

/// <summary>The servers of all tests, each started when a test first asks for it.</summary>
public sealed class World : IAsyncLifetime
{
    private RedisServer? _redis;
    private PostgreSqlServer? _postgres;
    private MockCluster? _kafka;
    private int _topics;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Brokers of Kafka.</summary>
    public MockCluster Kafka => _kafka ??= new MockCluster();

    /// <summary>The name of a topic that no other test has.</summary>
    public string NewTopic() => $"posts-{Interlocked.Increment(ref _topics)}";

    /// <summary>A Redis without keys.</summary>
    public async Task<string> EmptyRedisAsync()
    {
        _redis ??= await RedisServer.StartAsync(Token);
        await using ConnectionMultiplexer client =
            await ConnectionMultiplexer.ConnectAsync(_redis.Address + ",allowAdmin=true");
        await client.GetServer(_redis.Address).FlushAllDatabasesAsync();
        return _redis.Address;
    }

    /// <summary>The connection string of a PostgreSQL without tables.</summary>
    public async Task<string> EmptyPostgresAsync()
    {
        _postgres ??= await PostgreSqlServer.StartAsync(Token);
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(_postgres.ConnectionString);
        await using NpgsqlCommand command = database.CreateCommand("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        await command.ExecuteNonQueryAsync(Token);
        return _postgres.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        _kafka?.Dispose();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }
}
