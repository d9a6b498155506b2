using StreamKit.Conformance;

namespace StreamKit.Redis.Tests.Contracts;

public sealed class StreamSourceRemoteTests : RemoteSourceContract<int>
{
    protected override async Task<SourceServer<int>> StartAsync(CancellationToken cancellationToken) =>
        new RedisSourceServer(
            await RedisBehind.StartAsync(cancellationToken),
            connection => RedisSource.Stream(
                connection, RedisSourceServer.Stream, RedisSourceServer.NumberOfEntry),
            countTaken: null);
}
