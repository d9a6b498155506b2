using System.Net;
using System.Net.Http.Headers;

namespace StreamKit.Http.Tests.Output;

/// <summary>Server-sent events: what comes, to whom, and how it ends.</summary>
public class EventStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachBatchIsAFrameForAllWhoListen()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using EventClient first = await site.ListenAsync();
        using EventClient second = await site.ListenAsync();
        Assert.Equal(2, site.Output.Clients);
        await site.WriteAsync(new("a", 1), new("b", 2));
        await site.WriteAsync(new PageCount("c", 3));
        foreach (EventClient client in new[] { first, second })
        {
            Assert.Equal("""[{"page":"a","count":1},{"page":"b","count":2}]""", await client.NextAsync());
            Assert.Equal("""[{"page":"c","count":3}]""", await client.NextAsync());
        }
    }

    [Fact]
    public async Task TheBytesAreThoseOfTheProtocol()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using RawConnection raw = await site.Server.ConnectAsync();
        await raw.SendAsync("GET /live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
        var head = new List<string>();
        while (await raw.LineAsync() is { Length: > 0 } header)
        {
            head.Add(header);
        }

        Assert.Equal("HTTP/1.1 200 OK", head[0]);
        Assert.Contains("Content-Type: text/event-stream", head);
        Assert.Contains("Cache-Control: no-cache, no-store", head);
        Assert.Contains("Content-Encoding: identity", head);
        Assert.Contains("Transfer-Encoding: chunked", head);
        foreach (string line in new[] { "d", "retry: 2000", string.Empty, string.Empty })
        {
            Assert.Equal(line, await raw.LineAsync());
        }

        await site.WriteAsync(new PageCount("a\nb", 1));
        Assert.Equal(["32", "data: [{\"page\":\"a\\nb\",\"count\":1}]"], [await raw.LineAsync(), await DataAsync(raw)]);
    }

    [Fact]
    public async Task AClientThatComesBackGetsWhatItHasMissed()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        string? lastId;
        using (EventClient client = await site.ListenAsync())
        {
            await site.WriteAsync(new PageCount("a", 1));
            await client.NextAsync();
            lastId = client.LastId;
        }

        await site.WriteAsync(new PageCount("b", 2));
        await site.WriteAsync(new PageCount("c", 3));
        using EventClient again = await site.ListenAsync(lastId);
        Assert.Equal("""[{"page":"b","count":2}]""", await again.NextAsync());
        Assert.Equal("""[{"page":"c","count":3}]""", await again.NextAsync());
        await site.WriteAsync(new PageCount("d", 4));
        Assert.Equal("""[{"page":"d","count":4}]""", await again.NextAsync());
    }

    [Theory]
    [InlineData("00000000-1")]
    [InlineData("nonsense")]
    [InlineData("-1")]
    public async Task AnIdOfAnotherProcessGetsAllThatIsKept(string lastId)
    {
        await using OutputSite site = await OutputSite.StartAsync(new HttpOutputOptions { HistoryFrames = 2 });
        for (int i = 1; i <= 3; i++)
        {
            await site.WriteAsync(new PageCount("a", i));
        }

        using EventClient client = await site.ListenAsync(lastId);
        Assert.Equal("""[{"page":"a","count":2}]""", await client.NextAsync());
        Assert.Equal("""[{"page":"a","count":3}]""", await client.NextAsync());
    }

    [Theory]
    [InlineData(false, """[{"page":"a","count":4}]""")]
    [InlineData(true, """[{"page":"a","count":2}]""")]
    public async Task WhoComesForTheFirstTimeGetsHistoryOnlyWhereItIsWanted(bool sendsHistory, string first)
    {
        // Two frames of 24 bytes fit, and three do not.
        var options = new HttpOutputOptions { SendsHistory = sendsHistory, HistoryBytes = 60 };
        await using OutputSite site = await OutputSite.StartAsync(options);
        for (int i = 1; i <= 3; i++)
        {
            await site.WriteAsync(new PageCount("a", i));
        }

        using EventClient client = await site.ListenAsync();
        await site.WriteAsync(new PageCount("a", 4));
        Assert.Equal(first, await client.NextAsync());
    }

    [Fact]
    public async Task WhereRecordsHaveKeysWhoComesGetsTheNewestOfEachFirst()
    {
        await using OutputSite site = await OutputSite.StartKeyedAsync(new HttpOutputOptions { MaxKeys = 2 });
        await site.WriteAsync(new("a", 1), new("b", 1), new("a", 2));
        using EventClient client = await site.ListenAsync();
        Assert.Equal("""snapshot [{"page":"b","count":1},{"page":"a","count":2}]""", await client.NextAsync());
        string? lastId = client.LastId;

        // A third key takes the place of the one that has said nothing for longest.
        await site.WriteAsync(new PageCount("c", 1));
        Assert.Equal("""[{"page":"c","count":1}]""", await client.NextAsync());
        using EventClient other = await site.ListenAsync();
        Assert.Equal("""snapshot [{"page":"a","count":2},{"page":"c","count":1}]""", await other.NextAsync());
        using EventClient back = await site.ListenAsync(lastId);
        Assert.Equal("""[{"page":"c","count":1}]""", await back.NextAsync());
    }

    [Fact]
    public async Task ASilentStreamBeatsByTheClockOfTheJob()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using EventClient client = await site.ListenAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(14.9));
        await site.WriteAsync(new PageCount("a", 1));
        Assert.Equal("""[{"page":"a","count":1}]""", await client.NextAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(":", await client.NextAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(":", await client.NextAsync());
    }

    [Fact]
    public async Task OpenStreamsEndAtOnceWhenTheHostStops()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using EventClient client = await site.ListenAsync();

        // Without a word to the stream this would wait for as long as a host waits, half a minute.
        Task stopped = site.Server.StopAsync();
        Assert.Null(await client.NextAsync());
        await stopped;
        Assert.Equal(0, site.Output.Clients);
    }

    [Fact]
    public async Task AClientThatGoesAwayIsForgotten()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using EventClient stays = await site.ListenAsync();
        RawConnection gone = await site.Server.ConnectAsync();
        await gone.SendAsync("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
        while (await gone.LineAsync() != "retry: 2000")
        {
        }

        Assert.Equal(2, site.Output.Clients);
        gone.Reset();
        for (int i = 0; site.Output.Clients > 1; i++)
        {
            await site.WriteAsync(new PageCount("a", i));
            Assert.NotNull(await stays.NextAsync());
        }
    }

    [Fact]
    public async Task OneClientTooManyIsToldToComeAgain()
    {
        await using OutputSite site = await OutputSite.StartAsync(new HttpOutputOptions { MaxClients = 1 });
        using EventClient client = await site.ListenAsync();
        using HttpResponseMessage answer = await site.Server.Client.GetAsync("/live", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("2", Assert.Single(answer.Headers.GetValues("Retry-After")));
        Assert.Equal(1, site.Output.Clients);
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("text/event-stream;q=0", HttpStatusCode.NotAcceptable)]
    [InlineData("text/html, */*;q=0.1", HttpStatusCode.OK)]
    [InlineData("text/*", HttpStatusCode.OK)]
    public async Task TheStreamComesToThoseWhoAcceptIt(string accept, HttpStatusCode expected)
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/live");
        request.Headers.Accept.ParseAdd(accept);
        Assert.NotEmpty((IEnumerable<MediaTypeWithQualityHeaderValue>)request.Headers.Accept);
        using HttpResponseMessage answer =
            await site.Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task<string> DataAsync(RawConnection raw)
    {
        Assert.StartsWith("id: ", await raw.LineAsync(), StringComparison.Ordinal);
        return await raw.LineAsync();
    }
}
