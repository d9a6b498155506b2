using Microsoft.Playwright;
using StreamKit.Servers;

[assembly: AssemblyFixture(typeof(HashtagTracker.Browser.Tests.Chromium))]

namespace HashtagTracker.Browser.Tests;

/// <summary>The browser of this machine, started once for all tests that ask for it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Nothing of the machine's display, and no word to anybody outside.
    private static readonly string[] s_arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update",
    ];

    private readonly SemaphoreSlim _gate = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens an empty tab, or skips the running test where there is no browser.</summary>
    /// <param name="options">Its size and what it prefers.</param>
    public async Task<Tab> OpenAsync(BrowserNewContextOptions? options = null)
    {
        string program = Programs.Require("chromium", "chromium");
        IBrowser browser = await BrowserAsync(program);
        IBrowserContext context = await browser.NewContextAsync(options ?? new());
        return new Tab(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> BrowserAsync(string program)
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(
                new() { ExecutablePath = program, Headless = true, Args = s_arguments });
        }
        finally
        {
            _gate.Release();
        }
    }
}
