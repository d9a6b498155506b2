using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StreamKit.Http;

namespace StreamKit.HttpLoad;

/// <summary>
/// Three ways to take the same JSON: two bare endpoints that put it into a channel, and an ingest that a job reads.
/// </summary>
internal sealed class LoadServer : IAsyncDisposable
{
    public const string BareOne = "/bare", BareMany = "/bare-many", Ingest = "/collect";

    private readonly Channel<Hit> _channel = Channel.CreateBounded<Hit>(65_536);
    private readonly HttpIngest<Hit> _ingest = HttpIngest.Json(HitJson.Default.Hit);
    private readonly WebApplication _app;
    private readonly StreamJob _job;
    private readonly Task _reading;
    private long _taken;

    private LoadServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost(BareOne, TakeOneAsync);
        _app.MapPost(BareMany, TakeManyAsync);
        _app.MapStreamIngest(Ingest, _ingest);
        StreamBuilder pipeline = StreamBuilder.Create("load");
        pipeline.From(_ingest, "hits").ForEach(_ => _taken++);
        _job = pipeline.Build().Start();
        _reading = ReadAsync();
    }

    public int Port => new Uri(_app.Urls.First()).Port;

    public static async Task<LoadServer> StartAsync()
    {
        var server = new LoadServer();
        await server._app.StartAsync();
        while (!server._ingest.IsReading)
        {
            await Task.Yield();
        }

        return server;
    }

    /// <summary>How many records have come to an end, one way or another; call it when nothing is under way.</summary>
    public async Task<long> StopAsync()
    {
        _channel.Writer.Complete();
        await _reading;
        await _job.StopAsync(StopMode.Drain);
        return _taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _job.DisposeAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeOneAsync(HttpRequest request) =>
        await request.ReadFromJsonAsync(HitJson.Default.Hit) is { } hit && _channel.Writer.TryWrite(hit)
            ? Results.StatusCode(StatusCodes.Status202Accepted)
            : Results.StatusCode(StatusCodes.Status429TooManyRequests);

    private async Task<IResult> TakeManyAsync(HttpRequest request)
    {
        foreach (Hit hit in await request.ReadFromJsonAsync(HitJson.Default.HitArray) ?? [])
        {
            if (!_channel.Writer.TryWrite(hit))
            {
                return Results.StatusCode(StatusCodes.Status429TooManyRequests);
            }
        }

        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private async Task ReadAsync()
    {
        long taken = 0;
        while (await _channel.Reader.WaitToReadAsync())
        {
            while (_channel.Reader.TryRead(out _))
            {
                taken++;
            }
        }

        Interlocked.Add(ref _taken, taken);
    }
}
