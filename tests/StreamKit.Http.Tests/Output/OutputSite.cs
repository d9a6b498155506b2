using StreamKit.Testing;

namespace StreamKit.Http.Tests.Output;

/// <summary>An output behind a server, a writer in the place of a job, and a clock that a test moves.</summary>
internal sealed class OutputSite : IAsyncDisposable
{
    private OutputSite(
        HttpOutput<PageCount> output, HttpServer server, VirtualTime clock, SinkDriver<PageCount> writer) =>
        (Output, Server, Clock, Writer) = (output, server, clock, writer);

    public HttpOutput<PageCount> Output { get; }

    public HttpServer Server { get; }

    public VirtualTime Clock { get; }

    public SinkDriver<PageCount> Writer { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One whose records stand for themselves.</summary>
    public static Task<OutputSite> StartAsync(HttpOutputOptions? options = null) =>
        StartAsync(HttpOutput.Json(HitJson.Default.PageCount, options));

    /// <summary>One whose records replace each other, page by page.</summary>
    public static Task<OutputSite> StartKeyedAsync(HttpOutputOptions? options = null) =>
        StartAsync(HttpOutput.Json(HitJson.Default.PageCount, count => count.Page, options));

    public ValueTask WriteAsync(params PageCount[] counts) => Writer.WriteAsync(counts, Token);

    public Task<EventClient> ListenAsync(string? lastId = null) => EventClient.ConnectAsync(Server, lastId);

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static async Task<OutputSite> StartAsync(HttpOutput<PageCount> output)
    {
        var clock = new VirtualTime();
        HttpServer server = await HttpServer.StartAsync(app => app.MapStream("/live", output));
        return new OutputSite(output, server, clock, await SinkDriver.OpenAsync(output, clock, Token));
    }
}
