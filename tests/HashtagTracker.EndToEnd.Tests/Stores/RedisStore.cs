using StackExchange.Redis;

namespace HashtagTracker.EndToEnd.Tests.Stores;

/// <summary>A Redis.</summary>
internal sealed class RedisStore(string address) : Store
{
    public override IReadOnlyList<string> Options => ["--sink", "redis", "--redis", address];

    public override async Task<IEnumerable<(string Window, string Tag, long Count)>> ReadAsync()
    {
        await using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(address);
        IDatabase database = client.GetDatabase();
        var rows = new List<(string, string, long)>();
        foreach (RedisKey key in client.GetServer(address).Keys())
        {
            string[] parts = key.ToString().Split(':', 2);
            Assert.Equal("hashtags", parts[0]);
            Assert.InRange((await database.KeyTimeToLiveAsync(key))!.Value.TotalHours, 23, 24);
            rows.AddRange((await database.SortedSetRangeByRankWithScoresAsync(key))
                .Select(entry => (parts[1], entry.Element.ToString(), (long)entry.Score)));
        }

        return rows;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
