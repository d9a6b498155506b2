using System.Net;
using System.Net.Http.Json;
using HashtagTracker.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace HashtagTracker.Tests.Live;

public sealed class DashboardEndpointsTests : IAsyncLifetime
{
    private readonly SnapshotHub _hub = new(TimeProvider.System, new SnapshotHubOptions { MostClients = 1 });
    private readonly HttpClient _client = new();
    private WebApplication? _app;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapDashboard(_hub);
        await _app.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app!.DisposeAsync();
        _hub.Dispose();
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/app.css", "text/css")]
    [InlineData("/app.js", "text/javascript")]
    [InlineData("/icon.svg", "image/svg+xml")]
    public async Task EachFileIsServedWithItsTypeAndOnlyOnce(string path, string type)
    {
        using HttpResponseMessage response = await _client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.StartsWith(
            "default-src 'self'",
            response.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using HttpResponseMessage unchanged = await _client.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task ThePageAsksForNothingOutsideItsOwnServer()
    {
        foreach (string path in (string[])["/", "/app.css", "/app.js"])
        {
            string text = await _client.GetStringAsync(path, Cancellation);
            Assert.DoesNotContain("http://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ThereIsNoTopBeforeTheFirstSnapshotAndThenItIsJson()
    {
        using HttpResponseMessage early = await _client.GetAsync("/api/top", Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, early.StatusCode);

        DashboardSnapshot snapshot = Snapshot(17);
        _hub.Publish(snapshot);

        using HttpResponseMessage response = await _client.GetAsync("/api/top", Cancellation);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        DashboardSnapshot? read = await response.Content.ReadFromJsonAsync(
            SnapshotJson.Default.DashboardSnapshot, Cancellation);
        Assert.Equal(snapshot.Top, read!.Top);
        Assert.Equal(17, read.Tweets);
        Assert.Equal(snapshot.WindowEnd, read.WindowEnd);
    }

    [Fact]
    public async Task TheStreamBeginsWithTheLatestSnapshotAndGoesOn()
    {
        _hub.Publish(Snapshot(1));
        using HttpResponseMessage response = await OpenStream();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Contains("\"tweets\":1}", await NextData(reader), StringComparison.Ordinal);
        _hub.Publish(Snapshot(2));
        Assert.Contains("\"tweets\":2}", await NextData(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClientTooManyIsToldToComeBackLater()
    {
        using HttpResponseMessage first = await OpenStream();
        using HttpResponseMessage second = await OpenStream();

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Fact]
    public async Task StoppingTheServerEndsAnOpenStream()
    {
        using HttpResponseMessage response = await OpenStream();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        await _app!.StopAsync(Cancellation);

        Assert.Equal("retry: 2000\n\n", await reader.ReadToEndAsync(Cancellation));
    }

    private Task<HttpResponseMessage> OpenStream() =>
        _client.GetAsync("/api/stream", HttpCompletionOption.ResponseHeadersRead, Cancellation);

    private static async Task<string> NextData(StreamReader reader)
    {
        string? line;
        do
        {
            line = await reader.ReadLineAsync(Cancellation);
            Assert.NotNull(line);
        }
        while (!line.StartsWith("data: ", StringComparison.Ordinal));
        return line;
    }

    private static DashboardSnapshot Snapshot(long tweets) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Source = "test",
        WindowSeconds = 60,
        EverySeconds = 10,
        WindowStart = DateTimeOffset.UnixEpoch,
        WindowEnd = DateTimeOffset.UnixEpoch.AddMinutes(1),
        Top = [new TopTag("a", 3, 0.75, null), new TopTag("b", 1, 0.25, -0.5)],
        Tweets = tweets,
    };
}
