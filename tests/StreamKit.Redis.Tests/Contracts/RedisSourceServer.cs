using StackExchange.Redis;
using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

/// <summary>A server with a stream of numbers, and a source that reads it.</summary>
internal sealed class RedisSourceServer(
    RedisBehind redis,
    Func<RedisConnection, ISource<int>> create,
    Func<IDatabase, Task<int>>? countTaken) : SourceServer<int>
{
    public const string Stream = "numbers";

    public override ISource<int> Source { get; } = create(redis.Connection);

    public override bool NeedsCheckpoints => countTaken is not null;

    public override int? MostReadAhead => countTaken is null ? null : 1024;

    public static int NumberOfEntry(StreamEntry entry) => (int)entry["number"];

    public override Task SendAsync(IEnumerable<int> numbers, CancellationToken cancellationToken) =>
        redis.AskAsync(async database =>
        {
            RedisValue[] ids =
                await Task.WhenAll(numbers.Select(number => database.StreamAddAsync(Stream, "number", number)));
            return ids.Length;
        });

    public override int NumberOf(int record) => record;

    public override async Task<bool> SendBrokenAsync(CancellationToken cancellationToken)
    {
        await redis.AskAsync(database => database.StreamAddAsync(Stream, "number", "many"));
        return true;
    }

    public override Task BreakAsync(CancellationToken cancellationToken) => redis.BreakAsync();

    public override Task<int> CountConnectionsAsync(CancellationToken cancellationToken) =>
        redis.CountConnectionsAsync();

    public override Task<int> CountTakenAsync(CancellationToken cancellationToken) =>
        redis.AskAsync(countTaken ?? (_ => Task.FromResult(0)));

    public override ValueTask DisposeAsync() => redis.DisposeAsync();
}
