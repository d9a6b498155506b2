using StackExchange.Redis;
using StreamKit.Conformance;

namespace StreamKit.Redis.Tests.Contracts;

public sealed class GroupSourceRemoteTests : RemoteSourceContract<int>
{
    protected override async Task<SourceServer<int>> StartAsync(CancellationToken cancellationToken) =>
        new RedisSourceServer(
            await RedisBehind.StartAsync(cancellationToken),
            connection => RedisSource.Group(
                connection, RedisSourceServer.Stream, "group", "consumer", RedisSourceServer.NumberOfEntry),
            CountTakenAsync);

    private static async Task<int> CountTakenAsync(IDatabase database) =>
        (int)(Assert.Single(await database.StreamGroupInfoAsync(RedisSourceServer.Stream)).EntriesRead ?? 0);
}
