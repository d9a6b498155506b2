using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests.Contracts;

/// <summary>The same sink in a job without checkpoints.</summary>
public sealed class UncheckedStreamEpochsTests(TestServers servers) : SinkContract<string>, IAsyncLifetime
{
    private TestServer _server = null!; // Opened before each test.

    protected override IReadOnlyList<string> Records => StreamOfTests.Words;

    protected override ISink<string> CreateSink() =>
        StreamOfTests.SinkOf(_server, new RedisStreamSinkOptions { ExactlyOnce = true });

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        StreamOfTests.ReadAsync(_server);

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(ServerKind.Redis);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
