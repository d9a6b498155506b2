using StreamKit.Testing;

namespace StreamKit.Social.Tests;

/// <summary>Bluesky's stream is read, and taken up again where it broke.</summary>
public sealed class JetstreamTests : IAsyncLifetime
{
    private readonly VirtualTime _clock = new();
    private readonly WaitLog _log = new();
    private JetstreamServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await JetstreamServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task APostHasItsTextItsTagsAndTheTimeOfItsEvent()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        _server.Post(1, """
            {"$type":"app.bsky.feed.post","text":"Good #morning","createdAt":"2020-02-03T04:05:06.789Z",
            "langs":["en","de"],
            "reply":{"root":{}},"tags":["outside"],"facets":[{"index":{"byteStart":5,"byteEnd":13},
            "features":[{"$type":"app.bsky.richtext.facet#link","uri":"x"},
            {"$type":"app.bsky.richtext.facet#tag","tag":"morning"}]}]}
            """);
        SocialPost post = Assert.Single(await driver.Split.ReadAsync(Token));
        Assert.Equal((JetstreamServer.IdOf(1), "did:plc:someone"), (post.Id, post.Author));
        Assert.Equal("Good #morning", post.Text);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 1, TimeSpan.Zero), post.Time);
        Assert.Equal(new DateTimeOffset(2020, 2, 3, 4, 5, 6, 789, TimeSpan.Zero), post.CreatedAt);
        Assert.Equal(["en", "de"], post.Languages);
        Assert.Equal(["morning", "outside"], post.Hashtags);
        Assert.True(post.IsReply);
        Assert.Equal("https://bsky.app/profile/did:plc:someone/post/post1", post.Address!.AbsoluteUri);
    }

    [Fact]
    public async Task OtherEventsArePassedOver()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        _server.Send(1, """{"did":"did:plc:a","time_us":1767225600001000,"kind":"identity","identity":{}}""");
        _server.Send(2, """
            {"did":"did:plc:a","time_us":1767225600002000,"kind":"commit","commit":
            {"operation":"delete","collection":"app.bsky.feed.post","rkey":"x","rev":"r"}}
            """);
        _server.Send(3, """
            {"did":"did:plc:a","time_us":1767225600003000,"kind":"commit","commit":
            {"operation":"create","collection":"app.bsky.feed.like","rkey":"x","rev":"r","record":{}}}
            """);
        _server.Post(4);
        Assert.Equal(JetstreamServer.IdOf(4), Assert.Single(await driver.Split.ReadAsync(Token)).Id);
        Assert.Empty(driver.BadRecords);
    }

    [Fact]
    public async Task AStreamThatBreaksFiftyTimesLosesNothingAndRepeatsNothing()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        List<string> received = [];
        for (int number = 1; number <= 200; number++)
        {
            _server.Post(number);
            if (number % 4 == 0)
            {
                if (number % 8 == 0)
                {
                    _server.Refusals.Enqueue(503);
                }

                _server.Cut();
                if (number % 8 == 0)
                {
                    TimeSpan wait = await _log.NextWaitAsync(Token);
                    Assert.InRange(wait.TotalSeconds, 1, 1.1);
                    _clock.Advance(wait);
                }
            }

            // Something must come through, or the next failures would count on.
            while (received.Count < number)
            {
                received.AddRange((await driver.Split.ReadAsync(Token)).Select(post => post.Id));
            }
        }

        Assert.Equal(Enumerable.Range(1, 200).Select(JetstreamServer.IdOf), received);
        Assert.All(_server.Queries.Skip(1), query => Assert.Contains("&cursor=17672", query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASilentConnectionIsTakenUpAgain()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        _server.Post(1);
        await driver.Split.ReadAsync(Token);
        Task<IReadOnlyList<SocialPost>> reading = driver.Split.ReadAsync(Token).AsTask();
        _clock.Advance(TimeSpan.FromMinutes(1));
        while (_server.Queries.Count < 2)
        {
            await Task.Yield();
        }

        _server.Post(2);
        Assert.Equal(JetstreamServer.IdOf(2), Assert.Single(await reading).Id);
    }

    [Fact]
    public async Task RefusalsWaitASecondDoublingUpToAMinute()
    {
        double[] waits = [1, 2, 4, 8, 16, 32, 60, 60];
        foreach (double _ in waits)
        {
            _server.Refusals.Enqueue(502);
        }

        await using SourceDriver<SocialPost> driver = await OpenAsync(connect: false);
        Task<IReadOnlyList<SocialPost>> reading = driver.Split.ReadAsync(Token).AsTask();
        foreach (double seconds in waits)
        {
            TimeSpan wait = await _log.NextWaitAsync(Token);
            Assert.InRange(wait.TotalSeconds, seconds, seconds * 1.1);
            _clock.Advance(wait);
        }

        await ConnectedAsync();
        _server.Post(1);
        Assert.Single(await reading);
    }

    [Fact]
    public async Task ACursorThatIsTooOldEndsTheSource()
    {
        _server.Refusals.Enqueue(400);
        await using SourceDriver<SocialPost> driver = await OpenAsync(connect: false);
        SocialStreamException refusal = await Assert.ThrowsAsync<SocialStreamException>(
            async () => await driver.Split.ReadAsync(Token));
        Assert.Equal(400, (int)refusal.StatusCode!);
    }

    [Fact]
    public async Task WhatIsNoEventIsReportedWithItsBytesAndTheStreamGoesOn()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync(
            options: o => o with { MaxMessageBytes = 20_000 });
        _server.Send(1, """{"did":"did:plc:a","time_us":17672""");
        _server.Send(2, """{"did":"did:plc:a"}""");
        _server.Post(3, $$"""{"text":"{{new string('x', 100_000)}}"}""");
        _server.Post(4);
        Assert.Equal(JetstreamServer.IdOf(4), (await ReadOneAsync(driver)).Id);
        Assert.Equal([34, 19, 1024], driver.BadRecords.Select(bad => bad.Bytes.Length));
        Assert.Contains("longer than 20000 bytes", driver.BadRecords[2].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnErrorOfTheServerIsLoggedAndTheStreamTakenUpAgainAfterAWait()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync();
        _server.Post(1);
        await driver.Split.ReadAsync(Token);
        _server.Say("""{"$type":"error","error":"ConsumerTooSlow"}""");
        TimeSpan wait = await _log.NextWaitAsync(Token);
        Assert.InRange(wait.TotalSeconds, 1, 1.1);
        _server.Post(3);
        _clock.Advance(wait);
        Assert.Equal(JetstreamServer.IdOf(3), Assert.Single(await driver.Split.ReadAsync(Token)).Id);
        Assert.Contains(_log.Lines, line => line.Contains("ConsumerTooSlow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnlyTheGivenAuthorsAreAskedFor()
    {
        await using SourceDriver<SocialPost> driver = await OpenAsync(options: o => o with { Dids = ["did:plc:a&b"] });
        _server.Post(1);
        await driver.Split.ReadAsync(Token);
        Assert.Equal(
            "?wantedCollections=app.bsky.feed.post&wantedDids=did%3Aplc%3Aa%26b", Assert.Single(_server.Queries));
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
        Func<JetstreamOptions, JetstreamOptions>? options = null)
    {
        var usual = new JetstreamOptions { Endpoint = _server.Endpoint };
        SourceDriver<SocialPost> driver = await SourceDriver.OpenAsync(
            SocialSource.Jetstream(options?.Invoke(usual) ?? usual),
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

    // A driver wants records of each read; some bring reports only.
    private static async Task<SocialPost> ReadOneAsync(SourceDriver<SocialPost> driver)
    {
        while (true)
        {
            try
            {
                return Assert.Single(await driver.Split.ReadAsync(Token));
            }
            catch (ContractException)
            {
            }
        }
    }
}
