using StackExchange.Redis;
using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

/// <summary>A server, and a sink of numbers to it.</summary>
internal sealed class RedisSinkServer(
    RedisBehind redis,
    Func<RedisConnection, ISink<int>> create,
    Func<IDatabase, Task<IEnumerable<RedisValue>>> readBack) : SinkServer<int>
{
    public override string Place => redis.Address;

    public override ISink<int> CreateSink() => create(redis.Connection);

    public override int RecordOf(int number) => number;

    public override async Task<IReadOnlyList<int>> ReadBackAsync(CancellationToken cancellationToken) =>
        [.. (await redis.AskAsync(readBack)).Select(value => (int)value)];

    public override Task BreakAsync(CancellationToken cancellationToken) => redis.BreakAsync();

    public override Task StopAsync(CancellationToken cancellationToken) => redis.StopAsync();

    public override Task RestartAsync(CancellationToken cancellationToken) => redis.RestartAsync(cancellationToken);

    public override Task<int> CountConnectionsAsync(CancellationToken cancellationToken) =>
        redis.CountConnectionsAsync();

    public override ValueTask DisposeAsync() => redis.DisposeAsync();
}
