using System.Collections.Concurrent;
using System.Text.Json;
using HashtagTracker.Live;
using Microsoft.Playwright;

namespace HashtagTracker.Browser.Tests;

/// <summary>A tab of the browser that shows the page, and remembers what went wrong in it.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _requests = new();

    internal Tab(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);

        // Far more than is needed, and less than the patience of whoever waits for a page that hangs.
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) => Keep(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Keep(true, error);
        page.RequestFailed += (_, request) => Keep(true, $"{request.Url}: {request.Failure}");
        page.Response += (_, response) => Keep(response.Status >= 400, $"{response.Url}: {response.Status}");
        page.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Messages of the console, exceptions and requests that failed.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>The addresses that the page has asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Shows the page of a tracker.</summary>
    public Task GoToAsync(Uri address) => Page.GotoAsync(address.AbsoluteUri);

    /// <summary>Waits until a condition over the document holds.</summary>
    /// <param name="condition">An expression in the page's language.</param>
    /// <param name="argument">What it knows as <c>x</c>.</param>
    public Task UntilAsync(string condition, object? argument = null) =>
        Page.WaitForFunctionAsync($"x => {condition}", argument);

    /// <summary>The ranking that stands in the document, from top to bottom, and its window.</summary>
    public async Task<ShownRanking> RankingAsync() => (await Page.EvaluateAsync<JsonElement>(
        """
        () => ({
          window: document.getElementById("window").textContent,
          rows: [...document.querySelectorAll("#top > li")].map(row => ({
            rank: row.querySelector(".rank").textContent,
            tag: row.querySelector(".tag").textContent,
            count: row.querySelector(".count").textContent,
            bar: new DOMMatrix(row.querySelector(".bar i").style.transform).a,
          })),
        })
        """)).Deserialize<ShownRanking>(JsonSerializerOptions.Web)!;

    /// <summary>The text of an element.</summary>
    public async Task<string> TextAsync(string selector) => await Page.TextContentAsync(selector) ?? "";

    /// <summary>What a page that keeps its events, as <c>said</c>, has heard.</summary>
    internal async Task<DashboardSnapshot[]> SaidAsync() => JsonSerializer.Deserialize<DashboardSnapshot[]>(
        await Page.EvaluateAsync<string>("JSON.stringify(window.said)"), JsonSerializerOptions.Web)!;

    /// <summary>Where <c>STREAMKIT_SCREENSHOTS</c> names a folder, takes a picture of the whole page into it.</summary>
    public async Task PhotographAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("STREAMKIT_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Keep(bool isError, string text)
    {
        if (isError)
        {
            _errors.Enqueue(text);
        }
    }
}
