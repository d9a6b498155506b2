namespace StreamKit.Hosting.Tests;

/// <summary>One scraped application for all tests that only look at it.</summary>
/// <remarks>
/// Started by the first test that asks, so that it is a test that is skipped where there is no Prometheus.
/// </remarks>
public sealed class SharedScrapedApp : IAsyncDisposable
{
    private readonly Lazy<Task<ScrapedApp>> _app = new(ScrapedApp.StartAsync);

    internal Task<ScrapedApp> App => _app.Value;

    public async ValueTask DisposeAsync()
    {
        if (_app is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _app.Value).DisposeAsync();
        }
    }
}
