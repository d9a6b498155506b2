using System.Net;
using System.Text;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>The forms in which records come.</summary>
public class BodyFormTests
{
    private const string Two = """{"page":"a","ms":1}""" + "\n" + """{"page":"b","ms":2}""";

    private static readonly Hit[] s_two = [new("a", 1), new("b", 2)];

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/vnd.shop+json")]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task OneValueIsOneRecordWhateverABeaconCallsIt(string? type)
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using HttpResponseMessage answer = await site.PostAsync(" {\n\"page\":\"a\",\r\n\"ms\":1}\n", type);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal([s_two[0]], await site.ReadAsync());
    }

    [Theory]
    [InlineData("""[{"page":"a","ms":1},{"page":"b","ms":2}]""")]
    [InlineData(" [ {\"page\":\"a\",\"ms\":1}\n , {\"page\":\"b\",\"ms\":2} ] \n")]
    public async Task AnArrayHoldsRecords(string body)
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using HttpResponseMessage answer = await site.PostAsync(body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(s_two, await site.ReadAsync());
    }

    [Theory]
    [InlineData("application/x-ndjson", Two)]
    [InlineData("application/jsonl", Two + "\n")]
    [InlineData("application/ndjson", "\r\n\n" + Two + "\r\n \n")]
    public async Task LinesHoldRecordsAndEmptyOnesNone(string type, string body)
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using HttpResponseMessage answer = await site.PostAsync(body, type);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(s_two, await site.ReadAsync());
    }

    [Theory]
    [InlineData(IngestSite.Json, "[]")]
    [InlineData(IngestSite.Lines, "\n")]
    [InlineData(IngestSite.Lines, "")]
    public async Task ABatchMayBeEmpty(string type, string body)
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using HttpResponseMessage answer = await site.PostAsync(body, type);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Empty(await site.ReadAsync());
    }

    [Fact]
    public async Task AByteOrderMarkIsPassedOver()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Two)];
        using HttpResponseMessage answer = await site.PostAsync(body, IngestSite.Lines);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(s_two, await site.ReadAsync());
    }

    [Fact]
    public async Task ABodyOfManySegmentsIsReadWhole()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        Hit[] hits = [.. Enumerable.Range(0, 5000).Select(i => new Hit($"päge-{i}", i))];
        string body = string.Join('\n', hits.Select(hit => $$"""{"page":"{{hit.Page}}","ms":{{hit.Ms}}}"""));
        using HttpResponseMessage answer = await site.PostAsync(body, IngestSite.Lines);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(5000, site.Ingest.Waiting);
        Assert.Equal(hits, await site.ReadAsync());
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    public async Task AnotherTypeIsRefusedAndTheSupportedOnesAreNamed(string type)
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using HttpResponseMessage answer = await site.PostAsync("""{"page":"a","ms":1}""", type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("application/x-ndjson", await BodyAsync(answer), StringComparison.Ordinal);
        Assert.Empty(await site.ReadAsync());
    }

    [Fact]
    public async Task ACompressedBodyIsRefusedWhereTheProgramDoesNotDecompress()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using var content = new ByteArrayContent([1, 2, 3]) { Headers = { ContentEncoding = { "gzip" } } };
        using HttpResponseMessage answer =
            await site.Server.Client.PostAsync("/collect", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task OnlyPostsBringRecords()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using HttpResponseMessage answer =
            await site.Server.Client.GetAsync("/collect", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private static Task<string> BodyAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
