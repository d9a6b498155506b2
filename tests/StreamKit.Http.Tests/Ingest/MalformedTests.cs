using System.Net;
using System.Text;
using System.Text.Json;
using StreamKit.Connectors;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>What is no record is told where it is, and nothing is accepted unseen.</summary>
public class MalformedTests
{
    private const string Good = """{"page":"a","ms":1}""";

    private static readonly HttpIngestOptions s_tolerant =
        new() { Malformed = MalformedRecords.ReportAndAcceptRest };

    [Theory]
    [InlineData(IngestSite.Json, """{"page":"a","ms":x}""", 0, 17)]
    [InlineData(IngestSite.Json, """{"page":"a","ms":1} {}""", 0, 20)]
    [InlineData(IngestSite.Json, "", 0, 0)]
    [InlineData(IngestSite.Json, "null", 0, 0)]
    [InlineData(IngestSite.Json, "page=a&ms=1", 0, 0)]
    [InlineData(IngestSite.Json, $"[{Good},{{\"page\":\"b\",\"ms\":\"x\"}}]", 1, 41)]
    [InlineData(IngestSite.Json, $"[{Good}, null]", 1, 22)]
    [InlineData(IngestSite.Json, $"[{Good}", 1, 20)]
    [InlineData(IngestSite.Json, $"[{Good}] x", 1, 22)]
    [InlineData(IngestSite.Json, $"[\n{Good},\n{{]\n]", 1, 24)]
    [InlineData(IngestSite.Lines, $"{Good}\n{{\"page\":\"b\"}}\n{Good}", 1, 32)]
    [InlineData(IngestSite.Lines, $"{Good}\n\nnonsense\n{Good}", 1, 22)]
    public async Task TheRequestIsRejectedAndTheRecordAndTheByteAreNamed(
        string type, string body, int record, int at)
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using HttpResponseMessage answer = await site.PostAsync(body, type);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await JsonAsync(answer);
        JsonElement error = problem.GetProperty("errors")[0];
        Assert.Equal((record, at), (error.GetProperty("record").GetInt32(), error.GetProperty("byte").GetInt32()));
        Assert.NotEmpty(error.GetProperty("detail").GetString()!);
        string? told = problem.GetProperty("detail").GetString();
        Assert.Contains($"Record {record}, at byte {at}", told, StringComparison.Ordinal);
        Assert.Empty(await site.ReadAsync());
    }

    [Fact]
    public async Task EveryMistakeIsCountedAndTheFirstTenAreNamed()
    {
        await using IngestSite site = await IngestSite.StartAsync();
        using HttpResponseMessage answer =
            await site.PostAsync(string.Join('\n', Enumerable.Repeat("x", 25)), IngestSite.Lines);
        JsonElement problem = await JsonAsync(answer);
        Assert.Equal(25, problem.GetProperty("malformed").GetInt32());
        Assert.Equal(Enumerable.Range(0, 10), problem.GetProperty("errors").EnumerateArray().Select(error =>
            error.GetProperty("record").GetInt32()));
    }

    [Theory]
    [InlineData(IngestSite.Lines, $"{Good}\nnonsense\n{Good}", 21)]
    [InlineData(IngestSite.Json, $"[{Good},\"nonsense\",{Good}]", 31)]
    public async Task WithTheOtherPolicyTheRestIsAcceptedAndWhatIsNoRecordIsReported(string type, string body, int at)
    {
        await using IngestSite site = await IngestSite.StartAsync(s_tolerant);
        using HttpResponseMessage answer = await site.PostAsync(body, type);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        JsonElement told = await JsonAsync(answer);
        Assert.Equal((2, 1), (told.GetProperty("accepted").GetInt32(), told.GetProperty("malformed").GetInt32()));
        Assert.Equal(1, told.GetProperty("errors")[0].GetProperty("record").GetInt32());
        Assert.Equal(3, site.Ingest.Waiting);
        site.Ingest.Complete();

        // A read that finds only what is no record comes back without any, which the driver takes for a mistake.
        IReadOnlyList<Hit> hits = await site.Driver!.Split.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal([new("a", 1), new("a", 1)], hits);
        BadRecord bad = Assert.Single(site.Driver.BadRecords);
        Assert.Contains("nonsense", Encoding.UTF8.GetString(bad.Bytes.Span), StringComparison.Ordinal);
        Assert.StartsWith($"record 1 of a request, byte {at}", bad.Position, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArrayThatIsBrokenIsRejectedWithEitherPolicy()
    {
        await using IngestSite site = await IngestSite.StartAsync(s_tolerant);
        using HttpResponseMessage answer = await site.PostAsync($"[{Good},{Good}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, site.Ingest.Waiting);
    }

    [Fact]
    public async Task AParserSaysWhatIsNoRecord()
    {
        var ingest = HttpIngest.Parse((json, _) => new Hit(
            Encoding.UTF8.GetString(json),
            json.Length > 3 ? throw new FormatException("It is too long.") : json.Length));
        await using IngestSite site = await IngestSite.StartAsync(ingest);
        using HttpResponseMessage accepted = await site.PostAsync("12\n345", IngestSite.Lines);
        using HttpResponseMessage rejected = await site.PostAsync("12\n3456", IngestSite.Lines);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, rejected.StatusCode);
        JsonElement error = (await JsonAsync(rejected)).GetProperty("errors")[0];
        Assert.Equal("It is too long.", error.GetProperty("detail").GetString());
        Assert.Equal([new("12", 2), new("345", 3)], await site.ReadAsync());
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
