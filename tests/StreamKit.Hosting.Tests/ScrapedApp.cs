using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Metrics;
using StreamKit.Checkpointing;
using StreamKit.Servers;

namespace StreamKit.Hosting.Tests;

/// <summary>A web application with a pipeline whose numbers are known, and a real Prometheus that scrapes it.</summary>
internal sealed class ScrapedApp : IAsyncDisposable
{
    /// <summary>When the clock of the pipeline stands.</summary>
    public const int Noon = 43_200;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private PrometheusServer? _prometheus;

    private ScrapedApp(string name, WebApplication app, FedLog<Visit> log) => (Name, _app, Log) = (name, app, log);

    /// <summary>The pipeline's name, which no other in the process has: the meter shows those of all tests.</summary>
    public string Name { get; }

    public FedLog<Visit> Log { get; }

    public StreamJob Job => _app.Services.GetRequiredService<IStreamJobs>()[Name];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Four visits, of which one is late and one has a page that cannot be worked on, and a savepoint; then Prometheus.
    /// </summary>
    public static async Task<ScrapedApp> StartAsync()
    {
        string name = $"visits-{Guid.NewGuid()}";
        var log = new FedLog<Visit>();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddSeconds(Noon)));
        builder.Services.AddStreamKit().AddPipeline(name, (_, pipeline) => Build(pipeline, log), static options =>
        {
            options.Parallelism = 2;
            options.ConfigureJob = static (_, job) => job with
            {
                OnError = ErrorPolicy.Skip,
                Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromHours(1)),
            };
        });
        builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics
            .AddMeter(JobMetrics.MeterName)
            .AddPrometheusExporter());
        WebApplication app = builder.Build();
        app.MapPrometheusScrapingEndpoint("/metrics");
        await app.StartAsync(Token);
        var it = new ScrapedApp(name, app, log);
        try
        {
            await it.FeedAsync();
            it._prometheus = await PrometheusServer.StartAsync(new Uri(app.Urls.Single() + "/metrics"), Token);
            it._client.BaseAddress = it._prometheus.Address;
            await it.UntilAsync("up{job=\"streamkit\"} == 1");
            return it;
        }
        catch
        {
            await it.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks Prometheus; fails where it does not understand the question.</summary>
    public async Task<IReadOnlyList<Sample>> QueryAsync(string question)
    {
        JsonElement data = await GetAsync("api/v1/query?query=" + Uri.EscapeDataString(question));
        return [.. data.GetProperty("result").EnumerateArray().Select(Sample.Read)];
    }

    /// <summary>The names of all series of StreamKit, but for the times at which counters began.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync() =>
        [.. (await GetAsync("api/v1/label/__name__/values")).EnumerateArray()
            .Select(static name => name.GetString()!)
            .Where(static name => name.StartsWith("streamkit_", StringComparison.Ordinal))
            .Where(static name => !name.EndsWith("_created", StringComparison.Ordinal))];

    /// <summary>The kind that each series was scraped as, by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> KindsAsync() =>
        (await GetAsync("api/v1/metadata")).EnumerateObject().ToDictionary(
            static metric => metric.Name, static metric => metric.Value[0].GetProperty("type").GetString()!);

    /// <summary>Asks again and again until there is an answer that is not empty.</summary>
    public async Task<IReadOnlyList<Sample>> UntilAsync(string question)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(s_limit);
        using var timer = new PeriodicTimer(s_pause);
        do
        {
            if (await QueryAsync(question) is { Count: > 0 } answer)
            {
                return answer;
            }
        }
        while (await timer.WaitForNextTickAsync(limit.Token));
        throw new InvalidOperationException(question);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_prometheus is { } prometheus)
        {
            await prometheus.DisposeAsync();
        }

        await _app.DisposeAsync();
    }

    private static void Build(StreamBuilder builder, FedLog<Visit> log) => builder.From(log, "log")
        .WithEventTime(Visit.TimeOf, Watermarks.Monotonic()).Named("time")
        .Select(static visit => visit.Page == "bad" ? throw new FormatException("bad") : visit).Named("read")
        .KeyBy(static visit => visit.Page)
        .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
        .Count().Named("counts")
        .ForEach(static _ => { }, "out");

    // The late one comes alone, so that the watermark is known to have passed it.
    private async Task FeedAsync()
    {
        Log.Feed(new Visit(Noon - 120, "home"), new Visit(Noon - 100, "bad"), new Visit(Noon - 10, "home"));
        await Eventually.TrueAsync(
            () => Job.GetMetrics().Of("out").Sum(static o => o.RecordsOut) == 1, "the first window has spoken");
        Log.Feed(new Visit(Noon - 119, "home"));
        await Eventually.TrueAsync(() => Job.GetMetrics().LateRecords == 1, "a record was late");
        await Eventually.WithinLimitAsync(Job.TakeSavepointAsync("known", Token));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path, Token);
        string text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("data").Clone();
    }
}
