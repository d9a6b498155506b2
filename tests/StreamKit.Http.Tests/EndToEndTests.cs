using System.Net;
using System.Net.Http.Json;
using StreamKit.Http.Tests.Output;
using StreamKit.Testing;

namespace StreamKit.Http.Tests;

/// <summary>A post, a window, and an event.</summary>
public class EndToEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatPagesPostComesBackCountedByTheMinute()
    {
        var clock = new VirtualTime(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
        HttpIngest<(string Page, DateTimeOffset Time)> ingest = HttpIngest.Json(
            HitJson.Default.Hit, (hit, request) => (hit.Page, request.ReceivedAt));
        HttpOutput<PageCount> output = HttpOutput.Json(HitJson.Default.PageCount, count => count.Page);
        await using HttpServer server = await HttpServer.StartAsync(app =>
        {
            app.MapStreamIngest("/collect", ingest);
            app.MapStream("/live", output);
        });

        StreamBuilder builder = StreamBuilder.Create("pages");
        builder.From(ingest, "hits")
            .WithEventTime(hit => hit.Time, Watermarks.Monotonic())
            .KeyBy(hit => hit.Page)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .Count()
            .Select(w => new PageCount(w.Key, w.Value))
            .To(output, "live");
        await using StreamJob job =
            builder.Build().Start(new JobOptions { Clock = clock, Parallelism = 1 });
        using EventClient browser = await EventClient.ConnectAsync(server);

        await PostAsync(server, "home");
        await PostAsync(server, "docs");
        await PostAsync(server, "home");
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(":", await browser.NextAsync());
        await PostAsync(server, "next minute");
        Assert.Equal("""[{"page":"home","count":2},{"page":"docs","count":1}]""", await browser.NextAsync());

        // The job is drained: what was accepted is counted, and the last window is said.
        await PostAsync(server, "home");
        await job.StopAsync(StopMode.Drain, Token);
        Assert.Equal("""[{"page":"next minute","count":1},{"page":"home","count":1}]""", await browser.NextAsync());
        using EventClient late = await EventClient.ConnectAsync(server);
        Assert.Equal(
            """snapshot [{"page":"docs","count":1},{"page":"next minute","count":1},{"page":"home","count":1}]""",
            await late.NextAsync());
        using HttpResponseMessage closed =
            await server.Client.PostAsJsonAsync("/collect", new Hit("home", 1), HitJson.Default.Hit, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, closed.StatusCode);
    }

    // Until the job has opened its source, it is not there.
    private static async Task PostAsync(HttpServer server, string page)
    {
        HttpStatusCode status;
        do
        {
            using HttpResponseMessage answer =
                await server.Client.PostAsJsonAsync("/collect", new Hit(page, 1), HitJson.Default.Hit, Token);
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.Accepted, status);
    }
}
