using HashtagTracker.Live;
using HashtagTracker.Tests.Contract;
using Microsoft.Playwright;

namespace HashtagTracker.Browser.Tests;

/// <summary>The page in a browser, over tweets of a file that has ended: nothing moves any more.</summary>
public class QuietPageTests(Chromium chromium, QuietTracker quiet) : IClassFixture<QuietTracker>
{
    [Fact]
    public async Task TheDocumentIsTheSnapshotOfTheServer()
    {
        await using Tab tab = await OpenAsync();
        DashboardSnapshot snapshot = await quiet.Tracker.SnapshotAsync();

        Assert.Equal(
            snapshot.Top.Select((top, i) => ShownRow.Of(i, top, snapshot.Top[0].Count)),
            (await tab.RankingAsync()).Rows,
            ShownRow.Alike);
        Assert.Equal(["tag1", "tag2", QuietTracker.LongTag], snapshot.Top.Take(3).Select(top => top.Tag));
        Assert.Equal([1500, 1500, 999, 991], snapshot.Top.Take(4).Select(top => top.Count));
        Assert.Equal("ended", await tab.TextAsync("#status"));
        Assert.Equal(snapshot.Tweets, ShownRow.Number(await tab.TextAsync("#rate-note")));
        Assert.Equal(snapshot.DistinctTags, ShownRow.Number(await tab.TextAsync("#distinct")));
        Assert.Equal(snapshot.Late, ShownRow.Number(await tab.TextAsync("#late")));
        Assert.Contains("tweets.jsonl", await tab.TextAsync("#about"), StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(375)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task NothingIsWiderThanTheScreen(int width)
    {
        await using Tab tab = await OpenAsync(new() { ViewportSize = new() { Width = width, Height = 800 } });
        await tab.PhotographAsync($"width-{width}");
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        string[] outside = await tab.Page.EvaluateAsync<string[]>(
            """
            () => [...document.body.querySelectorAll("*")]
              .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
              .map(e => e.outerHTML.slice(0, 80))
            """);
        Assert.Empty(outside);
    }

    [Fact]
    public async Task WhoDoesNotSeeThePageIsToldWhatItShows()
    {
        await using Tab tab = await OpenAsync();
        IPage page = tab.Page;
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Hashtag Tracker", Level = 1 }));
        await Expect(page.GetByRole(AriaRole.Main));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Readings" }));
        await Expect(page.GetByRole(AriaRole.Status));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Top hashtags" })
            .GetByRole(AriaRole.List, new() { Name = "Top hashtags" }));
        Assert.Equal(10, await page.GetByRole(AriaRole.Listitem).CountAsync());

        // The chart is a picture, and its description has the numbers.
        string chart = await page.GetByRole(AriaRole.Img).Last.GetAttributeAsync("aria-label") ?? "";
        Assert.Contains("tag1 1500", chart, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task TheThemeIsTheSystemsUntilTheButtonIsPressedAndThenStays(ColorScheme scheme)
    {
        await using Tab tab = await OpenAsync(new() { ColorScheme = scheme });
        await tab.PhotographAsync($"theme-{scheme}");
        double before = await BrightnessAsync(tab);
        Assert.Equal(scheme == ColorScheme.Dark, before < 0.5);

        // With the keyboard alone: the button is the first thing to come to.
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.PressAsync("Enter");
        Assert.Equal(before < 0.5, await BrightnessAsync(tab) > 0.5);
        await tab.Page.ReloadAsync();
        Assert.Equal(before < 0.5, await BrightnessAsync(tab) > 0.5);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task TextStandsOutFromWhatIsBehindIt(ColorScheme scheme)
    {
        await using Tab tab = await OpenAsync(new() { ColorScheme = scheme });

        // WCAG 2.1, 1.4.3: 4.5 to 1, by its formula of relative luminance.
        string[] faint = await tab.Page.EvaluateAsync<string[]>(
            """
            () => {
              const parts = css => css.match(/[\d.]+/g).map(Number);
              const channel = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
              const luminance = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
              const behind = e => {
                for (; e; e = e.parentElement) {
                  const colour = parts(getComputedStyle(e).backgroundColor);
                  if (colour.length === 3 || colour[3] === 1) return colour;
                }
                return [255, 255, 255];
              };
              const contrast = e => {
                const [a, b] = [luminance(parts(getComputedStyle(e).color)), luminance(behind(e))];
                return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
              };
              return [...document.body.querySelectorAll("*")]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && contrast(e) < 4.5)
                .map(e => `${e.textContent}: ${contrast(e).toFixed(2)}`);
            }
            """);
        Assert.Empty(faint);
    }

    [Fact]
    public async Task BeforeTheFirstWindowThePageSaysWhatItWaitsFor()
    {
        await using ShownTracker tracker = await ShownTracker.StartAsync(0, "--window", "1h");
        await using Tab tab = await chromium.OpenAsync();
        await tab.GoToAsync(tracker.Address);
        await tab.UntilAsync("document.getElementById('status').textContent === 'live'");
        await tab.UntilAsync("parseInt(document.getElementById('rate').textContent) > 0");
        await tab.PhotographAsync("empty");
        Assert.Empty((await tab.RankingAsync()).Rows);
        Assert.True(await tab.Page.GetByText("first window").IsVisibleAsync());
        Assert.Empty(tab.Errors);
    }

    private static Task Expect(ILocator locator) => Assertions.Expect(locator).ToBeVisibleAsync();

    private static async Task<double> BrightnessAsync(Tab tab)
    {
        int[] colour = await tab.Page.EvaluateAsync<int[]>(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)");
        return colour.Average() / 255;
    }

    private async Task<Tab> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Tab tab = await chromium.OpenAsync(options);
        await tab.GoToAsync(quiet.Tracker.Address);

        // The last window is complete only because the file has ended, and nothing comes after it.
        await tab.UntilAsync("document.querySelector('#top > li .tag')?.textContent === 'tag1'");
        return tab;
    }
}
