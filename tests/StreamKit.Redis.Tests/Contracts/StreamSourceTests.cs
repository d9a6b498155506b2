using StackExchange.Redis;
using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

public sealed class StreamSourceTests(TestServers servers) : SourceContract<string>, IAsyncLifetime
{
    private TestServer _server = null!; // Opened before each test.

    protected override IReadOnlyList<string> Records { get; } = ["one", "it's two", "drei\n", "", "five"];

    protected override ISource<string> CreateSource() => RedisSource.Stream(
        _server.Connection,
        _server.Key("words"),
        entry => (string)entry["word"]!,
        new RedisStreamSourceOptions { Follow = false });

    protected override ISource<string> CreateWaitingSource() => RedisSource.Stream(
        _server.Connection, _server.Key("none"), entry => (string)entry["word"]!);

    public async ValueTask InitializeAsync()
    {
        _server = await servers.OpenAsync(ServerKind.Redis);
        foreach (string word in Records)
        {
            await _server.Database.StreamAddAsync(_server.Key("words"), [new NameValueEntry("word", word)]);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
