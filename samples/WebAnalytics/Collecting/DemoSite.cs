using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StreamKit;
using StreamKit.Http;
using WebAnalytics.AccessLogs;

namespace WebAnalytics.Collecting;

/// <summary>A web site whose pages say when they are seen, and show what is seen.</summary>
internal sealed class DemoSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpOutput<PageCount> _live = HttpOutput.Json(
        BeaconJson.Default.PageCount, count => count.Page, new HttpOutputOptions { FramesPerSecond = 4 });

    public DemoSite(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.MapStreamIngest("/collect", Requests);
        _app.MapStream("/live", _live);
        _app.MapFallback(SendPageAsync);
    }

    /// <summary>What the pages say, as the requests of a log are.</summary>
    public HttpIngest<LogRequest> Requests { get; } = HttpIngest.Json(
        BeaconJson.Default.Beacon,
        static (beacon, request) => new LogRequest(
            beacon.Client ?? "-", request.ReceivedAt, "GET", beacon.Page ?? "/", StatusCodes.Status200OK, 0));

    public Uri Address => new(_app.Urls.First());

    /// <summary>Shows how often each page was seen in this minute.</summary>
    public void Show(DataStream<LogRequest> views) => views
        .KeyBy(r => r.Page)
        .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
        .Early(every: TimeSpan.FromMilliseconds(250))
        .Count()
        .Named("live-pages")
        .Select(w => new PageCount(
            w.Key, w.Window.Start.ToString("HH:mm", CultureInfo.InvariantCulture), w.Value))
        .To(_live, "live");

    public Task StartAsync() => _app.StartAsync();

    /// <summary>Serves until the program is asked to end.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task SendPageAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        await using Stream page = typeof(DemoSite).Assembly.GetManifestResourceStream("page.html")!; // It is built in.
        await page.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
