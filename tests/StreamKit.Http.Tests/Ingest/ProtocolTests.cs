namespace StreamKit.Http.Tests.Ingest;

/// <summary>What clients do to a connection, byte by byte.</summary>
public class ProtocolTests
{
    private const string Good = """{"page":"a","ms":1}""";

    [Fact]
    public async Task ABodyThatComesByteByByteIsOneRequest()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using RawConnection raw = await site.Server.ConnectAsync();
        foreach (char each in $"POST /collect HTTP/1.1\r\nHost: x\r\nContent-Length: {Good.Length}\r\n\r\n{Good}")
        {
            await raw.SendAsync(each.ToString());
        }

        Assert.Equal((202, string.Empty), await raw.ReadAnswerAsync());
        Assert.Equal([new("a", 1)], await site.ReadAsync());
    }

    [Fact]
    public async Task ChunksMayCutARecordAnywhere()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using RawConnection raw = await site.Server.ConnectAsync();
        await raw.SendAsync("POST /collect HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n");
        foreach (char[] piece in $"{Good}\n{Good}\n".Chunk(7))
        {
            await raw.SendAsync($"{piece.Length:x}\r\n{new string(piece)}\r\n");
        }

        await raw.SendAsync("0\r\n\r\n");
        Assert.Equal(202, (await raw.ReadAnswerAsync()).Status);
        Assert.Equal([new("a", 1), new("a", 1)], await site.ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AClientThatGoesAwayInTheMiddleLeavesNothingBehind(bool resets)
    {
        await using IngestSite site = await IngestSite.StartAsync();
        RawConnection gone = await site.Server.ConnectAsync();
        await gone.SendAsync("POST /collect HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
            + $"Content-Length: 100\r\n\r\n{Good}\n");
        if (resets)
        {
            gone.Reset();
        }

        gone.Dispose();
        using HttpResponseMessage answer = await site.PostAsync("""{"page":"b","ms":2}""");
        Assert.Equal([new("b", 2)], await site.ReadAsync());
    }

    [Fact]
    public async Task AChunkThatIsNoneBringsNothing()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using RawConnection raw = await site.Server.ConnectAsync();
        await raw.SendAsync("POST /collect HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"13\r\n{Good}\r\nzz\r\n");
        Assert.Equal(400, (await raw.ReadAnswerAsync()).Status);
        Assert.Empty(await site.ReadAsync());
    }

    [Fact]
    public async Task AClientThatAsksFirstNeedNotSendWhatWouldBeRefused()
    {
        await using IngestSite site = await IngestSite.StartAsync(HttpIngest.Json(HitJson.Default.Hit), reads: false);
        const string Head = "POST /collect HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 19\r\n\r\n";
        using RawConnection refused = await site.Server.ConnectAsync();
        await refused.SendAsync(Head);
        Assert.Equal(503, (await refused.ReadAnswerAsync()).Status);

        await site.OpenAsync();
        using RawConnection asked = await site.Server.ConnectAsync();
        await asked.SendAsync(Head);
        Assert.Equal(100, (await asked.ReadAnswerAsync()).Status);
        await asked.SendAsync(Good);
        Assert.Equal(202, (await asked.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task RequestsBehindEachOtherOnOneConnectionAreAnsweredInTheirOrder()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using RawConnection raw = await site.Server.ConnectAsync();
        string head = $"POST /collect HTTP/1.1\r\nHost: x\r\nContent-Length: {Good.Length}\r\n\r\n";
        await raw.SendAsync(head + Good + head + new string('x', Good.Length) + head + Good);
        Assert.Equal(202, (await raw.ReadAnswerAsync()).Status);
        Assert.Equal(400, (await raw.ReadAnswerAsync()).Status);
        Assert.Equal(202, (await raw.ReadAnswerAsync()).Status);
        Assert.Equal(2, (await site.ReadAsync()).Count);
    }
}
