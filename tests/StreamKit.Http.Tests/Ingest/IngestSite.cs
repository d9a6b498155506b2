using System.Net.Http.Headers;
using System.Text;
using StreamKit.Testing;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>An ingest behind a server, and a reader in the place of a job.</summary>
internal sealed class IngestSite : IAsyncDisposable
{
    public const string Json = "application/json";
    public const string Lines = "application/x-ndjson";

    private IngestSite(HttpIngest<Hit> ingest, HttpServer server) => (Ingest, Server) = (ingest, server);

    public HttpIngest<Hit> Ingest { get; }

    public HttpServer Server { get; }

    public SourceDriver<Hit>? Driver { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<IngestSite> StartAsync(HttpIngestOptions? options = null) =>
        StartAsync(HttpIngest.Json(HitJson.Default.Hit, options));

    public static async Task<IngestSite> StartAsync(
        HttpIngest<Hit> ingest, SourceDriverOptions? driver = null, bool reads = true)
    {
        var site = new IngestSite(ingest, await HttpServer.StartAsync(app => app.MapStreamIngest("/collect", ingest)));
        if (reads)
        {
            await site.OpenAsync(driver);
        }

        return site;
    }

    public async Task OpenAsync(SourceDriverOptions? options = null) =>
        Driver = await SourceDriver.OpenAsync(Ingest, options, Token);

    public Task<HttpResponseMessage> PostAsync(string body, string? type = Json) =>
        PostAsync(Encoding.UTF8.GetBytes(body), type);

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? type = Json)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return await Server.Client.PostAsync("/collect", content, Token);
    }

    /// <summary>What waits, read to its end.</summary>
    public async Task<IReadOnlyList<Hit>> ReadAsync()
    {
        Ingest.Complete();
        return await Driver!.ReadAllAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (Driver is { } driver)
        {
            await driver.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
