namespace StreamKit.Http.Tests.Output;

/// <summary>So many frames a second, by the clock of the job.</summary>
public class PaceTests
{
    private static readonly TimeSpan s_tenth = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task BetweenTwoFramesTheNewestOfEachKeyIsKept()
    {
        await using OutputSite site = await OutputSite.StartKeyedAsync(new HttpOutputOptions { FramesPerSecond = 10 });
        using EventClient client = await site.ListenAsync();

        // The first comes at once, and what comes behind it waits for its turn.
        await site.WriteAsync(new PageCount("a", 1));
        Assert.Equal("""[{"page":"a","count":1}]""", await client.NextAsync());
        for (int i = 2; i <= 100; i++)
        {
            await site.WriteAsync(new("a", i), new("b", i));
        }

        site.Clock.Advance(s_tenth - TimeSpan.FromTicks(1));
        await site.WriteAsync(new PageCount("c", 1));
        site.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(
            """[{"page":"a","count":100},{"page":"b","count":100},{"page":"c","count":1}]""", await client.NextAsync());

        // After silence the next one comes at once again.
        site.Clock.Advance(s_tenth);
        await site.WriteAsync(new PageCount("d", 1));
        Assert.Equal("""[{"page":"d","count":1}]""", await client.NextAsync());
    }

    [Fact]
    public async Task WithoutKeysTheNewestGoTogetherAndTheOthersAreDropped()
    {
        var options = new HttpOutputOptions { FramesPerSecond = 10, MaxFrameRecords = 2 };
        await using OutputSite site = await OutputSite.StartAsync(options);
        using EventClient client = await site.ListenAsync();
        await site.WriteAsync(new PageCount("a", 1));
        Assert.Equal("""[{"page":"a","count":1}]""", await client.NextAsync());
        await site.WriteAsync(new("a", 2), new("a", 3), new("a", 4));
        site.Clock.Advance(s_tenth);
        Assert.Equal("""[{"page":"a","count":3},{"page":"a","count":4}]""", await client.NextAsync());
    }

    [Fact]
    public async Task KeysThatDoNotFitIntoAFrameComeWithTheNext()
    {
        var options = new HttpOutputOptions { FramesPerSecond = 10, MaxFrameRecords = 2 };
        await using OutputSite site = await OutputSite.StartKeyedAsync(options);
        using EventClient client = await site.ListenAsync();
        await site.WriteAsync(new("a", 1), new("b", 1), new("c", 1), new("d", 1), new("e", 1));
        Assert.Equal("""[{"page":"a","count":1},{"page":"b","count":1}]""", await client.NextAsync());
        await site.WriteAsync(new PageCount("c", 2));
        site.Clock.Advance(s_tenth);
        Assert.Equal("""[{"page":"c","count":2},{"page":"d","count":1}]""", await client.NextAsync());
        site.Clock.Advance(s_tenth);
        Assert.Equal("""[{"page":"e","count":1}]""", await client.NextAsync());
    }

    [Fact]
    public async Task WhatWaitsGoesOutWhenTheJobEnds()
    {
        await using OutputSite site = await OutputSite.StartKeyedAsync(new HttpOutputOptions { FramesPerSecond = 1 });
        using EventClient client = await site.ListenAsync();
        await site.WriteAsync(new PageCount("a", 1));
        await site.WriteAsync(new PageCount("a", 2));
        await site.Writer.DisposeAsync();
        Assert.Equal("""[{"page":"a","count":1}]""", await client.NextAsync());
        Assert.Equal("""[{"page":"a","count":2}]""", await client.NextAsync());
    }

    [Fact]
    public async Task WithoutAPaceALargeBatchIsCutIntoFrames()
    {
        await using OutputSite site = await OutputSite.StartAsync(new HttpOutputOptions { MaxFrameRecords = 2 });
        using EventClient client = await site.ListenAsync();
        await site.WriteAsync(new("a", 1), new("b", 1), new("c", 1));
        Assert.Equal("""[{"page":"a","count":1},{"page":"b","count":1}]""", await client.NextAsync());
        Assert.Equal("""[{"page":"c","count":1}]""", await client.NextAsync());
    }
}
