using System.Diagnostics;
using System.Net;
using System.Text.Json;
using StreamKit.Servers;

namespace StreamKit.Hosting.Tests;

/// <summary>The sample HostedPipeline, run as a user runs it.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hosted-pipeline");
    private readonly HttpClient _client = new() { BaseAddress = new Uri($"http://127.0.0.1:{Loopback.FreePort()}") };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ItShowsResultsHealthAndMetricsStopsInOrderAndGoesOn()
    {
        string first = await RunAsync(async () =>
        {
            // The first window may be short, and lack a country.
            string[] countries = ["CH", "DE", "FR", "PL", "UK", "US"];
            string results = await UntilAsync("/", (status, text) => status == HttpStatusCode.OK
                && countries.All(country => text.Contains($"\"{country}\"", StringComparison.Ordinal)));
            using JsonDocument euros = JsonDocument.Parse(results);
            Assert.Equal(
                countries,
                euros.RootElement.GetProperty("euros").EnumerateObject().Select(static country => country.Name));
            Assert.All(
                euros.RootElement.GetProperty("euros").EnumerateObject(),
                static country => Assert.True(country.Value.GetDecimal() > 0));

            string health = await UntilAsync(
                "/health", static (_, text) => text.Contains("waits:per-country", StringComparison.Ordinal));
            using JsonDocument report = JsonDocument.Parse(health);
            Assert.Equal("Healthy", report.RootElement.GetProperty("status").GetString());
            Assert.Equal(
                "Running",
                report.RootElement.GetProperty("checks").GetProperty("streamkit:orders").GetProperty("data")
                    .GetProperty("state").GetString());
            string why = await _client.GetStringAsync("/why", Token);
            Assert.StartsWith("'per-country' waits", why, StringComparison.Ordinal);
            Assert.Contains(
                "streamkit_pipeline_state{otel_scope_name=\"StreamKit\",pipeline=\"orders\",state=\"running\"} 1",
                await _client.GetStringAsync("/metrics", Token),
                StringComparison.Ordinal);
        });
        Assert.Contains("Pipeline 'orders' stopped (Checkpoint) after", first, StringComparison.Ordinal);

        string second = await RunAsync(() => UntilAsync("/health", static (status, _) => status == HttpStatusCode.OK));
        Assert.Contains("Job 'orders' goes on from checkpoint", second, StringComparison.Ordinal);
    }

    // Ends it as a service manager does; what it wrote is returned.
    private async Task<string> RunAsync(Func<Task> look)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "HostedPipeline.dll");
        using Process run = Process.Start(
            new ProcessStartInfo("dotnet", [program, "--urls", _client.BaseAddress!.ToString()])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = _folder.FullName,
            })!;
        Task<string> output = run.StandardOutput.ReadToEndAsync(Token);
        try
        {
            await look();
            using Process kill = Process.Start("kill", ["-TERM", run.Id.ToString(null, null)]);
            await run.WaitForExitAsync(Token).WaitAsync(s_limit, Token);
            Assert.Equal(0, run.ExitCode);
            return await output;
        }
        finally
        {
            if (!run.HasExited)
            {
                run.Kill();
            }
        }
    }

    private async Task<string> UntilAsync(string path, Func<HttpStatusCode, string, bool> isIt)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(s_limit);
        using var timer = new PeriodicTimer(s_pause);
        do
        {
            try
            {
                using HttpResponseMessage answer = await _client.GetAsync(path, limit.Token);
                string text = await answer.Content.ReadAsStringAsync(limit.Token);
                if (isIt(answer.StatusCode, text))
                {
                    return text;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
        while (await timer.WaitForNextTickAsync(limit.Token));
        throw new InvalidOperationException(path);
    }
}
