using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace StreamKit.Hosting.Tests;

/// <summary>An application in the real generic host, with a clock and a log of the test.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly HostApplicationBuilder _builder =
        Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
    private IHost? _host;

    public TestApp()
    {
        _builder.Services.AddSingleton<TimeProvider>(Clock);
        _builder.Services.AddSingleton<ILoggerFactory>(Log);
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UnixEpoch.AddHours(12));

    public RecordingLoggers Log { get; } = new();

    public IServiceCollection Services => _builder.Services;

    public IHost Host => _host ??= _builder.Build();

    public IStreamJobs Jobs => Host.Services.GetRequiredService<IStreamJobs>();

    public IEnumerable<string> Lines => Log.Lines.Select(static line => line.Text);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public TestApp Configure(params (string Key, string Value)[] values)
    {
        _builder.Configuration.AddInMemoryCollection(
            values.Select(static entry => KeyValuePair.Create(entry.Key, (string?)entry.Value)));
        return this;
    }

    public TestApp Add(string name, Action<StreamBuilder> build, Action<PipelineOptions>? configure = null)
    {
        Services.AddStreamKit().AddPipeline(name, (_, builder) => build(builder), configure);
        return this;
    }

    public Task StartAsync() => Eventually.WithinLimitAsync(Host.StartAsync(Token));

    public Task StopAsync() => Eventually.WithinLimitAsync(Host.StopAsync(Token));

    public HostedPipeline Find(string pipeline) => Jobs.Pipelines.Single(each => each.Name == pipeline);

    public async Task<HealthReportEntry> CheckAsync(string pipeline)
    {
        HealthCheckService checks = Host.Services.GetRequiredService<HealthCheckService>();
        HealthReport report = await checks.CheckHealthAsync(Token);
        return report.Entries[$"streamkit:{pipeline}"];
    }

    /// <summary>Lets the clock run until a pipeline is as expected.</summary>
    public async Task<HealthReportEntry> UntilAsync(string pipeline, HealthStatus status, TimeSpan step)
    {
        for (int i = 0; i < 100_000; i++)
        {
            HealthReportEntry entry = await CheckAsync(pipeline);
            if (entry.Status == status)
            {
                return entry;
            }

            Clock.Advance(step);
            await Task.Yield();
        }

        throw new Xunit.Sdk.XunitException($"'{pipeline}' is never {status}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}
