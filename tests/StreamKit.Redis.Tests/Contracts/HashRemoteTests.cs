using StreamKit.Conformance;

namespace StreamKit.Redis.Tests.Contracts;

public sealed class HashRemoteTests : RemoteSinkContract<int>
{
    protected override async Task<SinkServer<int>> StartAsync(CancellationToken cancellationToken) =>
        new RedisSinkServer(
            await RedisBehind.StartAsync(cancellationToken),
            connection => RedisSink.Hash<int>(
                connection,
                _ => "numbers",
                number => number,
                number => number,
                new RedisSinkOptions { RetryFor = TimeSpan.FromSeconds(5) }),
            async database => await database.HashKeysAsync("numbers"));
}
