using StackExchange.Redis;
using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

/// <summary>Records whose scores rise lie in a sorted set in the order in which they came.</summary>
public abstract class SortedSetSinkContract(TestServers servers, ServerKind kind)
    : SinkContract<SortedSetEntry>, IAsyncLifetime
{
    private TestServer _server = null!; // Opened before each test.

    protected override IReadOnlyList<SortedSetEntry> Records { get; } =
        [new("one", double.NegativeInfinity), new("it's two", 0.1), new("drei\n", 1e300)];

    protected override ISink<SortedSetEntry> CreateSink() => RedisSink.SortedSet<SortedSetEntry>(
        _server.Connection, _ => _server.Key("set"), entry => entry.Element, entry => entry.Score);

    protected override async Task<IReadOnlyList<SortedSetEntry>> ReadBackAsync(CancellationToken cancellationToken) =>
        await _server.Database.SortedSetRangeByRankWithScoresAsync(_server.Key("set"));

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(kind);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
