using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using HashtagTracker.Live;

namespace HashtagTracker.Tests.Contract;

/// <summary>A tracker that runs with its page.</summary>
internal sealed class ShownTracker : IAsyncDisposable
{
    // Far more than is needed, and less than the patience of whoever waits for a program that hangs.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TrackerProcess _process;
    private readonly HttpClient _client;

    private ShownTracker(TrackerProcess process, Uri address)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = address };
    }

    public Uri Address => _client.BaseAddress!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts one on a port, 0 being any that is free, and waits until its page is there.</summary>
    public static async Task<ShownTracker> StartAsync(int port, params string[] options)
    {
        var process = TrackerProcess.Start(
            ["--port", port.ToString(CultureInfo.InvariantCulture), .. options]);
        try
        {
            string line = await process.Output.ReadLineAsync(Token)
                ?? throw new InvalidOperationException((await process.EndAsync(CancellationToken.None)).Error);
            string address = line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal));
            return new ShownTracker(process, new Uri(address));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the server says is to be shown.</summary>
    public async Task<DashboardSnapshot> SnapshotAsync() =>
        (await _client.GetFromJsonAsync<DashboardSnapshot>("api/top", Token))!;

    /// <summary>Waits until the server says something.</summary>
    public async Task<DashboardSnapshot> UntilAsync(Func<DashboardSnapshot, ValueTask<bool>> isWanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(s_patience);
        string last = "nothing";
        try
        {
            using var events = new StreamReader(await _client.GetStreamAsync("api/stream", patience.Token));
            while (await events.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    last = line["data: ".Length..];
                    DashboardSnapshot said =
                        JsonSerializer.Deserialize<DashboardSnapshot>(last, JsonSerializerOptions.Web)!;
                    if (await isWanted(said))
                    {
                        return said;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            throw new TimeoutException($"The server does not say it. Last it said {last}");
        }

        throw new InvalidOperationException((await _process.EndAsync(Token)).Error);
    }

    /// <summary>Waits until the server says something.</summary>
    public Task<DashboardSnapshot> UntilAsync(Func<DashboardSnapshot, bool> isWanted) =>
        UntilAsync(said => new ValueTask<bool>(isWanted(said)));

    /// <summary>Asks it to end, and waits until it has ended well.</summary>
    public async Task EndAsync()
    {
        await _process.AskToEndAsync(Token);
        Assert.Equal(new TrackerRun(0, "", ""), await _process.EndAsync(Token));
    }

    /// <summary>Kills it where it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }
}
