using StackExchange.Redis;
using StreamKit.Conformance;

namespace StreamKit.Redis.Tests.Contracts;

public sealed class StreamRemoteTests : RemoteSinkContract<int>
{
    protected override async Task<SinkServer<int>> StartAsync(CancellationToken cancellationToken) =>
        new RedisSinkServer(
            await RedisBehind.StartAsync(cancellationToken),
            connection => RedisSink.Stream<int>(
                connection,
                "numbers",
                number => [new NameValueEntry("number", number)],
                new RedisStreamSinkOptions { RetryFor = TimeSpan.FromSeconds(5) }),
            async database => (await database.StreamRangeAsync("numbers")).Select(entry => entry["number"]));
}
