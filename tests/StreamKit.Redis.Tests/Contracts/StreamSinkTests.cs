using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

public sealed class StreamSinkTests(TestServers servers) : SinkContract<string>, IAsyncLifetime
{
    private TestServer _server = null!; // Opened before each test.

    protected override IReadOnlyList<string> Records => StreamOfTests.Words;

    protected override ISink<string> CreateSink() => StreamOfTests.SinkOf(_server);

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        StreamOfTests.ReadAsync(_server);

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(ServerKind.Redis);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
