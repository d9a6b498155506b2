// A web application with a pipeline in it: results, health and metrics at its addresses, checkpoints in a folder.
//   dotnet run -c Release --project samples/HostedPipeline
using HostedPipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using StreamKit;
using StreamKit.Connectors;
using StreamKit.Hosting;

WebApplicationBuilder builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddScoped<ExchangeRates>();
builder.Services.AddScoped<Desk>();
builder.Services.AddSingleton(new WindowView<string, decimal>());

// How it runs, stands in appsettings.json.
builder.Services.AddStreamKit().AddPipeline("orders", OrderPipeline.Build);
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
    .AddMeter(JobMetrics.MeterName)
    .AddPrometheusExporter());

WebApplication app = builder.Build();
app.MapPrometheusScrapingEndpoint("/metrics");
app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });
app.MapGet("/", (WindowView<string, decimal> view) => view.Latest is { } window
    ? Results.Ok(new
    {
        From = window.Start,
        To = window.End,
        Euros = view.Results(window).OrderBy(of => of.Key).ToDictionary(of => of.Key, of => of.Value),
    })
    : Results.NoContent());
app.MapGet("/why", (IStreamJobs jobs) => jobs["orders"].Explain("per-country").ToString());
await app.RunAsync();

static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
{
    Status = report.Status.ToString(),
    Checks = report.Entries.ToDictionary(entry => entry.Key, entry => new
    {
        Status = entry.Value.Status.ToString(),
        entry.Value.Description,
        entry.Value.Data,
    }),
});
