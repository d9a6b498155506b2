using System.Net;
using StreamKit;
using WebAnalytics.Collecting;

namespace WebAnalytics.Tests.Collecting;

/// <summary>The site over real sockets: a page, its beacon, and what the page shows.</summary>
public class DemoSiteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABeaconOfAPageIsShownByEveryPageAndIsOnePageViewOfTheDay()
    {
        await using var site = new DemoSite(port: 0);
        StreamBuilder builder = StreamBuilder.Create("web-analytics");
        var pipeline = new AnalyticsPipeline(
            builder.From(site.Requests, "beacons"), new AnalyticsSettings { Zone = "UTC" });
        site.Show(pipeline.PageViews);
        long views = 0;
        pipeline.Days.ForEach(day => views = day.Value.PageViews);
        await using StreamJob job = builder.Build().Start();
        await site.StartAsync();
        using var browser = new HttpClient { BaseAddress = site.Address };
        Assert.Contains("sendBeacon", await browser.GetStringAsync("/shoes", Token), StringComparison.Ordinal);

        using var live = new StreamReader(await browser.GetStreamAsync("/live", Token));
        await PostAsync(browser, """{"page":"/shoes","client":"1"}""");
        string? line;
        do
        {
            line = await live.ReadLineAsync(Token);
        }
        while (line is not null && !line.StartsWith("data: ", StringComparison.Ordinal));

        Assert.Contains("\"page\":\"/shoes\"", line, StringComparison.Ordinal);
        Assert.EndsWith("\"views\":1}]", line, StringComparison.Ordinal);
        await job.StopAsync(StopMode.Drain, Token);
        Assert.Equal(1, views);
    }

    // Until the job has opened its source, nobody reads.
    private static async Task PostAsync(HttpClient browser, string beacon)
    {
        HttpStatusCode status;
        do
        {
            using HttpResponseMessage answer = await browser.PostAsync("/collect", new StringContent(beacon), Token);
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.Accepted, status);
    }
}
