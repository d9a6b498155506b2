using StreamKit.PostgreSql.Tests;
using StreamKit.Servers;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace StreamKit.PostgreSql.Tests;

/// <summary>The server that all tests use which do not end it; it starts with the first test that asks.</summary>
public sealed class SharedServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private PostgreSqlServer? _server;
    private int _schemas;

    /// <summary>An empty schema of the test's own.</summary>
    public async Task<Schema> MakeSchemaAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await _one.WaitAsync(cancellationToken);
        try
        {
            _server ??= await PostgreSqlServer.StartAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }

        return await Schema.MakeAsync(_server, $"test{Interlocked.Increment(ref _schemas)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }

        _one.Dispose();
    }
}
