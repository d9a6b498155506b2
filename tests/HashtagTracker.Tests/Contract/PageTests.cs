using System.Net;
using System.Text.Json;

namespace HashtagTracker.Tests.Contract;

public sealed class PageTests : IDisposable
{
    // Far more than is needed, and less than the patience of whoever waits for a program that hangs.
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    private readonly HttpClient _client = new();

    public PageTests() => _patience.CancelAfter(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }

    // Ctrl+C takes the same way, but is ignored in programs that a shell starts in the background, such as tests.
    [Fact]
    public async Task ThePageShowsARankingAndTheProgramStopsWellWhileABrowserListens()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that asks a program to end");
        await using var process = TrackerProcess.Start("--port", "0", "--speed", "60");
        _client.BaseAddress = await AddressAsync(process);
        using Stream events = await _client.GetStreamAsync("api/stream", _patience.Token);
        using var reader = new StreamReader(events);

        JsonElement shown = await SnapshotAsync(reader, s => s.GetProperty("top").GetArrayLength() > 0);
        AssertRanking(shown);
        Assert.True(shown.GetProperty("watermarkLagSeconds").GetDouble() >= 5, "the watermark was ahead of its bound");
        Assert.Equal("simulator", shown.GetProperty("source").GetString());

        using HttpResponseMessage top = await _client.GetAsync("api/top", _patience.Token);
        Assert.Equal(HttpStatusCode.OK, top.StatusCode);
        Assert.Equal("application/json", top.Content.Headers.ContentType?.MediaType);
        using JsonDocument json = JsonDocument.Parse(await top.Content.ReadAsStringAsync(_patience.Token));
        AssertRanking(json.RootElement);

        using HttpResponseMessage page = await _client.GetAsync("", _patience.Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);

        // The stream of events is still open.
        await process.AskToEndAsync(_patience.Token);
        using var seconds = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token);
        seconds.CancelAfter(TimeSpan.FromSeconds(10));
        Assert.Equal(new TrackerRun(0, "", ""), await process.EndAsync(seconds.Token));
    }

    [Fact]
    public async Task ThePageStaysWhenTheFileHasEnded()
    {
        using var folder = new ScratchFolder();
        string[] lines =
            [WrittenTweet.Line(1, "Kept", "other"), WrittenTweet.Line(2, "kept"), WrittenTweet.Line(70, "last")];
        string input = await folder.WriteAsync("small.jsonl", lines);
        await using var process = TrackerProcess.Start("--port=0", "--window=60s", "--input", input);
        _client.BaseAddress = await AddressAsync(process);
        using Stream events = await _client.GetStreamAsync("api/stream", _patience.Token);
        using var reader = new StreamReader(events);

        // The last window is complete only because the file has ended.
        JsonElement shown = await SnapshotAsync(
            reader, s => s.GetProperty("top").EnumerateArray().Any(t => t.GetProperty("tag").GetString() == "last"));

        Assert.Equal("small.jsonl", shown.GetProperty("source").GetString());
        Assert.Equal(3, shown.GetProperty("tweets").GetInt64());
        Assert.Equal(4, shown.GetProperty("hashtags").GetInt64());
        Assert.Equal(0, shown.GetProperty("late").GetInt64());
        using HttpResponseMessage page = await _client.GetAsync("", _patience.Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private static void AssertRanking(JsonElement snapshot)
    {
        JsonElement top = snapshot.GetProperty("top");
        long[] counts = [.. top.EnumerateArray().Select(t => t.GetProperty("count").GetInt64())];
        Assert.NotEmpty(counts);
        Assert.True(counts[^1] > 0);
        Assert.Equal(counts.OrderDescending(), counts);
        Assert.True(snapshot.GetProperty("tweets").GetInt64() > 0);
    }

    private async Task<Uri> AddressAsync(TrackerProcess process)
    {
        string? line = await process.Output.ReadLineAsync(_patience.Token);
        Assert.NotNull(line);
        string address = line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal));
        return new Uri(address);
    }

    private async Task<JsonElement> SnapshotAsync(StreamReader events, Func<JsonElement, bool> wanted)
    {
        while (await events.ReadLineAsync(_patience.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using JsonDocument snapshot = JsonDocument.Parse(line["data: ".Length..]);
                if (wanted(snapshot.RootElement))
                {
                    return snapshot.RootElement.Clone();
                }
            }
        }

        throw new InvalidOperationException("The stream of events ended too early.");
    }
}
