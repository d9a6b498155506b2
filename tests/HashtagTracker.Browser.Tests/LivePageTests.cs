using HashtagTracker.Live;
using HashtagTracker.Tests.Contract;
using StreamKit.Servers;

namespace HashtagTracker.Browser.Tests;

/// <summary>The page in a browser, while tweets come.</summary>
public class LivePageTests(Chromium chromium)
{
    // Twenty seconds of the stream in one.
    private static readonly string[] s_quick = ["--speed", "20", "--window", "20s", "--every", "4s"];

    [Fact]
    public async Task BarsAppearAndMoveAndNothingGoesWrong()
    {
        await using ShownTracker tracker = await ShownTracker.StartAsync(0, s_quick);
        await using Tab tab = await chromium.OpenAsync();
        await tab.GoToAsync(tracker.Address);
        await tab.UntilAsync("document.querySelectorAll('#top > li').length === 10");
        ShownRanking first = await tab.RankingAsync();
        await tab.UntilAsync("document.getElementById('window').textContent !== x", first.Window);
        await tab.UntilAsync(
            "[...document.querySelectorAll('#top .bar i')].map(bar => bar.style.transform).join() !== x",
            string.Join(',', first.Rows.Select(row => FormattableString.Invariant($"scaleX({row.Bar})"))));
        ShownRanking second = await tab.RankingAsync();
        await tab.PhotographAsync("live");

        Assert.All([first, second], AssertIsARanking);
        Assert.NotEqual(first.Rows, second.Rows);
        Assert.Empty(tab.Errors);
        Assert.All(
            tab.Requests,
            request => Assert.StartsWith(tracker.Address.AbsoluteUri, request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatThePageShowsIsWhatTheServerSaid()
    {
        await using ShownTracker tracker = await ShownTracker.StartAsync(0, s_quick);
        await using Tab tab = await chromium.OpenAsync();

        // Every event that the page hears is kept, so that what it shows can be found among them.
        await tab.Page.AddInitScriptAsync(
            """
            window.said = [];
            const Source = EventSource;
            window.EventSource = class extends Source {
              constructor(address) {
                super(address);
                this.addEventListener("message", e => window.said.push(JSON.parse(e.data)));
              }
            };
            """);
        await tab.GoToAsync(tracker.Address);
        for (int window = 0; window < 3; window++)
        {
            ShownRanking before = await tab.RankingAsync();
            await tab.UntilAsync(
                "document.querySelectorAll('#top > li').length && document.getElementById('window').textContent !== x",
                before.Window);
            ShownRanking shown = await tab.RankingAsync();
            DashboardSnapshot[] said = (await tab.SaidAsync())!;
            Assert.Contains(said, snapshot => shown.Rows.SequenceEqual(snapshot.Top.Select(
                (top, i) => ShownRow.Of(i, top, snapshot.Top[0].Count)), ShownRow.Alike));
        }
    }

    [Fact]
    public async Task ReadingsFollowTheStream()
    {
        await using ShownTracker tracker = await ShownTracker.StartAsync(0, s_quick);
        await using Tab tab = await chromium.OpenAsync();
        await tab.GoToAsync(tracker.Address);
        await tab.UntilAsync("parseInt(document.getElementById('rate').textContent.replace(',', '')) > 0");
        string tweets = await tab.TextAsync("#rate-note");
        await tab.UntilAsync("document.getElementById('rate-note').textContent !== x", tweets);
        Assert.True(ShownRow.Number(await tab.TextAsync("#rate-note")) > ShownRow.Number(tweets));
        await tab.UntilAsync("/^[0-9]+\\.[0-9]s$/.test(document.getElementById('lag').textContent)");
        await tab.UntilAsync("parseInt(document.getElementById('distinct').textContent) > 10");

        // The curve behind the number, and the chart, have been drawn.
        await tab.UntilAsync("document.querySelector('#rate-spark .line').getAttribute('d').split('L').length > 2");
        await tab.UntilAsync(
            "document.getElementById('canvas').getContext('2d').getImageData(0, 0, 400, 200).data.some(v => v > 0)");
        Assert.Equal("live", await tab.TextAsync("#status"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task AServerThatGoesIsToldOfAndOneThatComesBackIsShown()
    {
        int port = Loopback.FreePort();
        await using Tab tab = await chromium.OpenAsync();
        await using (ShownTracker tracker = await ShownTracker.StartAsync(port, s_quick))
        {
            await tab.GoToAsync(tracker.Address);
            await tab.UntilAsync("document.querySelectorAll('#top > li').length === 10");
            Assert.Empty(tab.Errors);
        }

        await tab.UntilAsync("document.getElementById('status').textContent === 'reconnecting'");
        await tab.UntilAsync("document.body.classList.contains('stale')");
        Assert.Equal(10, (await tab.RankingAsync()).Rows.Count);
        await tab.PhotographAsync("lost");

        await using ShownTracker next = await ShownTracker.StartAsync(port, [.. s_quick, "--seed", "2"]);
        await tab.UntilAsync("document.getElementById('status').textContent === 'live'");
        ShownRanking old = await tab.RankingAsync();
        await tab.UntilAsync("document.getElementById('window').textContent !== x", old.Window);
        Assert.False(await tab.Page.EvaluateAsync<bool>("document.body.classList.contains('stale')"));
    }

    private static void AssertIsARanking(ShownRanking shown)
    {
        Assert.Equal(Enumerable.Range(1, 10).Select(i => i.ToString(null, null)), shown.Rows.Select(row => row.Rank));
        long[] counts = [.. shown.Rows.Select(row => ShownRow.Number(row.Count))];
        Assert.Equal(counts.OrderDescending(), counts);
        Assert.Distinct(shown.Rows.Select(row => row.Tag));
        Assert.All(shown.Rows, row => Assert.Equal(ShownRow.Number(row.Count) / (double)counts[0], row.Bar, 0.001));
    }
}
