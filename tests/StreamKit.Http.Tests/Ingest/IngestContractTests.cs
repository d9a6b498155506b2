using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>An ingest keeps what the engine relies on.</summary>
public sealed class IngestContractTests : SourceContract<Hit>, IAsyncDisposable
{
    private readonly List<HttpServer> _servers = [];

    protected override IReadOnlyList<Hit> Records { get; } =
        [.. Enumerable.Range(0, 9).Select(i => new Hit($"page-{i}", i))];

    public async ValueTask DisposeAsync()
    {
        foreach (HttpServer server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    protected override ISource<Hit> CreateSource() => new PostedSource(Records, ends: true, _servers);

    protected override ISource<Hit> CreateWaitingSource() => new PostedSource([], ends: false, _servers);
}
