using System.Globalization;
using System.Net.Http.Json;
using HashtagTracker.Live;
using HashtagTracker.Tests.Contract;

namespace HashtagTracker.Browser.Tests;

/// <summary>A tracker that runs, with the address of its page.</summary>
internal sealed class ShownTracker : IAsyncDisposable
{
    private readonly TrackerProcess _process;

    private ShownTracker(TrackerProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts one on a port, 0 being any that is free, and waits until its page is there.</summary>
    public static async Task<ShownTracker> StartAsync(int port, params string[] options)
    {
        var process = TrackerProcess.Start(
            ["--port", port.ToString(CultureInfo.InvariantCulture), .. options]);
        try
        {
            string line = await process.Output.ReadLineAsync(TestContext.Current.CancellationToken)
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
    public async Task<DashboardSnapshot> SnapshotAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        return (await client.GetFromJsonAsync<DashboardSnapshot>("api/top", TestContext.Current.CancellationToken))!;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
