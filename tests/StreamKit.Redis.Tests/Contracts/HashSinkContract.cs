using StackExchange.Redis;
using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

/// <summary>A small hash keeps its fields in the order in which they came, as records of a log.</summary>
public abstract class HashSinkContract(TestServers servers, ServerKind kind)
    : SinkContract<HashEntry>, IAsyncLifetime
{
    private TestServer _server = null!; // Opened before each test.

    protected override IReadOnlyList<HashEntry> Records { get; } =
        [new("one", "1"), new("it's two", "zwei"), new("drei\n", "")];

    protected override ISink<HashEntry> CreateSink() => RedisSink.Hash<HashEntry>(
        _server.Connection, _ => _server.Key("hash"), entry => entry.Name, entry => entry.Value);

    protected override async Task<IReadOnlyList<HashEntry>> ReadBackAsync(CancellationToken cancellationToken) =>
        await _server.Database.HashGetAllAsync(_server.Key("hash"));

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(kind);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
