using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

public sealed class StreamEpochsTests(TestServers servers) : WriteAheadSinkContract<string>, IAsyncLifetime
{
    private TestServer _server = null!; // Opened before each test.

    protected override IReadOnlyList<string> Records => StreamOfTests.Words;

    protected override IWriteAheadSink<string> CreateSink() => Assert.IsType<IWriteAheadSink<string>>(
        StreamOfTests.SinkOf(_server, new RedisStreamSinkOptions { ExactlyOnce = true }), exactMatch: false);

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        StreamOfTests.ReadAsync(_server);

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(ServerKind.Redis);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
