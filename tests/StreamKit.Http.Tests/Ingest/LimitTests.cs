using System.Net;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>Everything is bounded, and a request is accepted as a whole or not at all.</summary>
public class LimitTests
{
    private const string Good = """{"page":"a","ms":1}""";

    [Theory]
    [InlineData(1024, HttpStatusCode.Accepted)]
    [InlineData(1025, HttpStatusCode.RequestEntityTooLarge)]
    public async Task ABodyMayHaveSoManyBytes(int length, HttpStatusCode expected)
    {
        await using IngestSite site = await IngestSite.StartAsync(new HttpIngestOptions { MaxRequestBytes = 1024 });
        using HttpResponseMessage answer = await site.PostAsync(Good.PadRight(length));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Accepted ? 1 : 0, site.Ingest.Waiting);
    }

    [Theory]
    [InlineData(1024, 202)]
    [InlineData(1025, 413)]
    public async Task TheLengthIsCountedWhereTheClientDoesNotSayIt(int length, int expected)
    {
        await using IngestSite site = await IngestSite.StartAsync(new HttpIngestOptions { MaxRequestBytes = 1024 });
        using RawConnection raw = await site.Server.ConnectAsync();
        await raw.SendAsync("POST /collect HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (char each in Good.PadRight(length))
        {
            await raw.SendAsync($"1\r\n{each}\r\n");
        }

        await raw.SendAsync("0\r\n\r\n");
        Assert.Equal(expected, (await raw.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData(IngestSite.Json, "[", ",", "]")]
    [InlineData(IngestSite.Lines, "", "\n", "")]
    public async Task ABodyMayHoldSoManyRecords(string type, string begin, string between, string end)
    {
        await using IngestSite site = await IngestSite.StartAsync(new HttpIngestOptions { MaxRequestRecords = 3 });
        using HttpResponseMessage three = await site.PostAsync(
            begin + string.Join(between, Enumerable.Repeat(Good, 3)) + end, type);
        using HttpResponseMessage four = await site.PostAsync(
            begin + string.Join(between, Enumerable.Repeat(Good, 4)) + end, type);
        Assert.Equal(HttpStatusCode.Accepted, three.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, four.StatusCode);
        Assert.Equal(3, site.Ingest.Waiting);
    }

    [Fact]
    public async Task AFullQueueTakesNothingOfARequestThatDoesNotFitAndSaysWhenToComeAgain()
    {
        var options = new HttpIngestOptions { QueueCapacity = 5, RetryAfter = TimeSpan.FromSeconds(7) };
        await using IngestSite site = await IngestSite.StartAsync(options);
        string three = $"[{Good},{Good},{Good}]";
        using HttpResponseMessage first = await site.PostAsync(three);
        using HttpResponseMessage second = await site.PostAsync(three);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal("7", Assert.Single(second.Headers.GetValues("Retry-After")));
        Assert.Equal(3, site.Ingest.Waiting);

        using HttpResponseMessage fits = await site.PostAsync($"[{Good},{Good}]");
        using HttpResponseMessage one = await site.PostAsync(Good);
        Assert.Equal(HttpStatusCode.Accepted, fits.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, one.StatusCode);
        Assert.Equal(5, (await site.Driver!.Split.ReadAsync(TestContext.Current.CancellationToken)).Count);
        using HttpResponseMessage again = await site.PostAsync(three);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    [Fact]
    public async Task BytesThatAreHeldAreBoundedWhoeverHoldsThem()
    {
        var options = new HttpIngestOptions { MaxRequestBytes = 16_384, MaxHeldBytes = 65_536 };
        await using IngestSite site = await IngestSite.StartAsync(options);
        string large = $$"""{"page":"{{new string('x', 16_000)}}","ms":1}""";
        var statuses = new List<HttpStatusCode>();
        for (int i = 0; i < 8; i++)
        {
            using HttpResponseMessage answer = await site.PostAsync(large);
            statuses.Add(answer.StatusCode);
        }

        // A body that comes in pieces needs more on the way than one that comes at once, so which is refused varies.
        int accepted = statuses.Count(status => status == HttpStatusCode.Accepted);
        Assert.InRange(accepted, 1, 4);
        Assert.Equal(8 - accepted, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(accepted, (await site.Driver!.Split.ReadAsync(TestContext.Current.CancellationToken)).Count);
        using HttpResponseMessage again = await site.PostAsync(large);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    [Fact]
    public async Task HalfBodiesOfManyClientsHoldNoMoreThanTheBudget()
    {
        var options = new HttpIngestOptions { MaxRequestBytes = 16_384, MaxHeldBytes = 65_536 };
        await using IngestSite site = await IngestSite.StartAsync(options);
        var clients = new List<RawConnection>();
        for (int i = 0; i < 40; i++)
        {
            RawConnection raw = await site.Server.ConnectAsync();
            clients.Add(raw);
            await raw.SendAsync("POST /collect HTTP/1.1\r\nHost: x\r\nContent-Length: 16000\r\n\r\n"
                + new string(' ', 9000));
        }

        // Who was refused hears it at once, though it has not sent all; who was not is still reading.
        Task<(int Status, string Body)>[] answers = [.. clients.Select(raw => raw.ReadAnswerAsync())];
        int refused = 0;
        while (refused < 30)
        {
            Task<(int Status, string Body)> answer = await Task.WhenAny(answers);
            Assert.Equal(429, (await answer).Status);
            answers = [.. answers.Where(each => each != answer)];
            refused++;
        }

        foreach (RawConnection raw in clients)
        {
            raw.Dispose();
        }

        await Task.WhenAll(answers.Select(answer => Record.ExceptionAsync(() => answer).AsTask()));
    }

    [Theory]
    [InlineData("MaxHeldBytes", 1024, 4095, null)]
    [InlineData("MaxRequestRecords", 1024, 65_536, 11)]
    public void OptionsThatContradictEachOtherAreRefused(string name, int bytes, long held, int? records)
    {
        var options = new HttpIngestOptions
        {
            QueueCapacity = 10,
            MaxRequestBytes = bytes,
            MaxHeldBytes = held,
            MaxRequestRecords = records,
        };
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(
            () => HttpIngest.Json(HitJson.Default.Hit, options)).ParamName);
    }

    [Fact]
    public async Task OffersFromTheProgramAreAcceptedAsAWholeToo()
    {
        var options = new HttpIngestOptions { QueueCapacity = 3 };
        await using IngestSite site =
            await IngestSite.StartAsync(HttpIngest.Json(HitJson.Default.Hit, options), reads: false);
        Assert.Equal(HttpOffer.NotReading, site.Ingest.Offer(new Hit("a", 1)));
        await site.OpenAsync();
        Assert.Equal(HttpOffer.Accepted, site.Ingest.Offer(new Hit("a", 1), new Hit("b", 2)));
        Assert.Equal(HttpOffer.Full, site.Ingest.Offer(new Hit("c", 3), new Hit("d", 4)));
        Assert.Equal([new("a", 1), new("b", 2)], await site.ReadAsync());
        Assert.Equal(HttpOffer.NotReading, site.Ingest.Offer(new Hit("a", 1)));
    }
}
