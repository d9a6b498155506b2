using System.Net;
using StreamKit.Testing;

namespace StreamKit.Social.Tests;

/// <summary>A Mastodon server's stream is read, and what a break left out is fetched.</summary>
public sealed class MastodonTests : IAsyncLifetime
{
    private const string TokenVariable = "STREAMKIT_TEST_MASTODON_TOKEN";
    private const string Secret = "notatoken-0123456789abcdef";

    private readonly VirtualTime _clock = new();
    private readonly WaitLog _log = new();
    private MastodonServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MastodonServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task APostHasItsTextWithoutMarkupItsTagsAndItsTime()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        string content = "<p>Tea &amp; <a href='x'>#<span>tea</span></a><br />now</p><p>2 &lt; 3</p>";
        _server.Send($":thump\nevent: update\ndata: {MastodonServer.Status(7, content)}\n\n");
        SocialPost post = Assert.Single(await driver.Split.ReadAsync(Token));
        Assert.Equal(("7", "a@example.org"), (post.Id, post.Author));
        Assert.Equal("Tea & #tea\nnow\n2 < 3", post.Text);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 500, TimeSpan.Zero), post.Time);
        Assert.Equal(["tea"], post.Hashtags);
        Assert.Equal(["en"], post.Languages);
        Assert.False(post.IsReply);
        Assert.Equal("https://example.org/@a/1", post.Address!.AbsoluteUri);
    }

    [Fact]
    public async Task OtherEventsArePassedOver()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        _server.Send("event: delete\ndata: 12345\n\n");
        _server.Send($"event: status.update\ndata: {MastodonServer.Status(1)}\n\n");
        _server.Post(2);
        Assert.Equal("2", Assert.Single(await driver.Split.ReadAsync(Token)).Id);
        Assert.Empty(driver.BadRecords);
    }

    [Fact]
    public async Task WhatABreakLeftOutIsFetchedPageByPageAndDeliveredOnce()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        _server.Post(1);
        await driver.Split.ReadAsync(Token);
        _server.Refusals.Enqueue(503);
        _server.Cut();
        TimeSpan wait = await _log.NextWaitAsync(Token);
        Assert.InRange(wait.TotalSeconds, 1, 1.1);
        for (int id = 2; id <= 101; id++)
        {
            _server.Post(id);
        }

        _clock.Advance(wait);
        List<string> received = await ReadAsync(driver, 100);
        await ConnectedAsync();
        _server.Post(102);
        received.AddRange(await ReadAsync(driver, 1));
        Assert.Equal(Enumerable.Range(2, 101).Select(MastodonServer.Id), received);
        Assert.Equal(3, _server.Requests.Count(request => request.StartsWith(
            "/api/v1/timelines/public?limit=40&min_id=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task HeartbeatsKeepASilentStreamOpenAndSilenceEndsIt()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        _server.Post(1);
        await driver.Split.ReadAsync(Token);
        for (int id = 2; id < 6; id++)
        {
            _clock.Advance(TimeSpan.FromSeconds(40));
            _server.Send(":thump\n\n");

            // A post tells that what stood before it has come.
            _server.Post(id);
            await driver.Split.ReadAsync(Token);
        }

        Assert.Single(_server.Requests);
        Task<IReadOnlyList<SocialPost>> reading = driver.Split.ReadAsync(Token).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(45));
        while (_server.Requests.Count < 3)
        {
            await Task.Yield();
        }

        _server.Post(6);
        Assert.Equal("6", Assert.Single(await reading).Id);
    }

    [Fact]
    public async Task ALimitIsWaitedForAsLongAsTheServerSays()
    {
        _server.Refusals.Enqueue(429);
        await using SourceDriver<SocialPost> driver = await OpenAsync(connect: false);
        Task<IReadOnlyList<SocialPost>> reading = driver.Split.ReadAsync(Token).AsTask();
        TimeSpan wait = await _log.NextWaitAsync(Token);
        Assert.InRange(wait.TotalSeconds, 90, 99);
        _clock.Advance(wait);
        await ConnectedAsync();
        _server.Post(1);
        Assert.Single(await reading);
    }

    [Fact]
    public async Task ARefusalSaysHowToGiveATokenAndShowsNone()
    {
        Environment.SetEnvironmentVariable(TokenVariable, Secret);
        _server.Refusals.Enqueue(401);
        await using SourceDriver<SocialPost> driver =
            await OpenAsync(connect: false, options: o => o with { TokenVariable = TokenVariable });
        SocialStreamException refusal = await Assert.ThrowsAsync<SocialStreamException>(
            async () => await driver.Split.ReadAsync(Token));
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
        Assert.Contains("read:statuses", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Bearer {Secret}", Assert.Single(_server.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{refusal} {string.Join(' ', _log.Lines)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task AVariableThatHoldsNoTokenIsNamedAndNotShown()
    {
        Environment.SetEnvironmentVariable(TokenVariable + "_2", "not a token");
        await using SourceDriver<SocialPost> driver =
            await OpenAsync(connect: false, options: o => o with { TokenVariable = TokenVariable + "_2" });
        SocialStreamException refusal = await Assert.ThrowsAsync<SocialStreamException>(
            async () => await driver.Split.ReadAsync(Token));
        Assert.Contains(TokenVariable + "_2", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not a token", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNoPostIsReportedWithItsBytesAndTheStreamGoesOn()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        _server.Send("event: update\ndata: {\"id\":\"3\n\n");
        _server.Send("event: update\ndata: {\"id\":\"3\"}\n\n");
        _server.Post(4);
        List<string> received = [];
        while (received.Count == 0)
        {
            try
            {
                received.AddRange(await ReadAsync(driver, 1));
            }
            catch (ContractException)
            {
                // The read brought reports only.
            }
        }

        Assert.Equal(["4"], received);
        Assert.Equal([8, 10], driver.BadRecords.Select(bad => bad.Bytes.Length));
    }

    [Theory]
    [InlineData(MastodonTimeline.Public, null, "/api/v1/streaming/public ")]
    [InlineData(MastodonTimeline.Local, null, "/api/v1/streaming/public/local ")]
    [InlineData(MastodonTimeline.Remote, null, "/api/v1/streaming/public/remote ")]
    [InlineData(MastodonTimeline.Public, "tea time", "/api/v1/streaming/hashtag?tag=tea%20time ")]
    [InlineData(MastodonTimeline.Local, "tea", "/api/v1/streaming/hashtag/local?tag=tea ")]
    public async Task TheTimelineThatWasAskedForIsStreamed(MastodonTimeline timeline, string? hashtag, string path)
    {
        await using SourceDriver<SocialPost> driver =
            await OpenAsync(options: o => o with { Timeline = timeline, Hashtag = hashtag });
        Assert.Equal(path, Assert.Single(_server.Requests));
    }

    [Fact]
    public async Task DisposingClosesTheConnection()
    {
        SourceDriver<SocialPost> driver = await OpenAsync();
        await driver.DisposeAsync();
        while (_server.Open > 0)
        {
            await Task.Yield();
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<SourceDriver<SocialPost>> OpenAsync(
        bool connect = true,
        Func<MastodonOptions, MastodonOptions>? options = null)
    {
        var usual = new MastodonOptions { Server = _server.Address };
        SourceDriver<SocialPost> driver = await SourceDriver.OpenAsync(
            SocialSource.Mastodon(options?.Invoke(usual) ?? usual),
            new SourceDriverOptions { Clock = _clock, Logger = _log },
            Token);
        if (connect)
        {
            // A first read, given up as soon as the connection is there: what was posted before it would be past.
            using var given = CancellationTokenSource.CreateLinkedTokenSource(Token);
            Task reading = driver.Split.ReadAsync(given.Token).AsTask();
            await ConnectedAsync();
            await given.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }

        return driver;
    }

    private async Task ConnectedAsync()
    {
        while (_server.Open == 0)
        {
            await Task.Yield();
        }
    }

    private static async Task<List<string>> ReadAsync(SourceDriver<SocialPost> driver, int count) =>
        [.. (await driver.Split.ReadCountAsync(count, Token)).Select(post => post.Id)];
}
