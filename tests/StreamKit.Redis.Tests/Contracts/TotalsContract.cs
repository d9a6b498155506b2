using StackExchange.Redis;
using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

/// <summary>
/// Totals of fields that are added to once each: a total that is doubled, or missing, is another record.
/// </summary>
public abstract class TotalsContract(TestServers servers, ServerKind kind)
    : WriteAheadSinkContract<KeyValuePair<string, long>>, IAsyncLifetime
{
    private TestServer _server = null!; // Opened before each test.

    protected override IReadOnlyList<KeyValuePair<string, long>> Records { get; } =
        [new("one", 1), new("it's two", -2), new("drei\n", long.MaxValue), new("", 0)];

    protected override IWriteAheadSink<KeyValuePair<string, long>> CreateSink() =>
        Assert.IsType<IWriteAheadSink<KeyValuePair<string, long>>>(
            RedisSink.Increment<KeyValuePair<string, long>>(
                _server.Connection, _server.Key("totals"), pair => pair.Key, pair => pair.Value),
            exactMatch: false);

    protected override async Task<IReadOnlyList<KeyValuePair<string, long>>> ReadBackAsync(
        CancellationToken cancellationToken)
    {
        HashEntry[] entries = await _server.Database.HashGetAllAsync(_server.Key("totals"));
        return [.. entries.Select(entry => new KeyValuePair<string, long>(entry.Name!, (long)entry.Value))];
    }

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(kind);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
