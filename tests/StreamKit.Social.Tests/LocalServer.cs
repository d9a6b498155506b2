using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StreamKit.Social.Tests;

/// <summary>A server on a free port of the loopback address.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();

    private LocalServer(WebApplication app) => _app = app;

    internal Uri Address { get; private set; } = null!;

    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Starts one that answers each request in one way.</summary>
    internal static async Task<LocalServer> StartAsync(Func<HttpContext, CancellationToken, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new LocalServer(builder.Build());
        server._app.UseWebSockets();
        server._app.Run(http => AnswerAsync(http, answer, server.Stopping));
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new Uri(server._app.Urls.First());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private static async Task AnswerAsync(
        HttpContext http,
        Func<HttpContext, CancellationToken, Task> answer,
        CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            await answer(http, either.Token);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }
}
