using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace StreamKit.Http.Output;

/// <summary>Answers those who want to listen, by server-sent events or by a WebSocket.</summary>
internal sealed class OutputEndpoint(FrameHub hub, HttpOutputOptions options)
{
    private static readonly MediaTypeHeaderValue s_eventStream = new("text/event-stream");

    /// <summary>A peer that does not answer a ping is gone.</summary>
    public WebSocketOptions WebSockets { get; } = new()
    {
        KeepAliveInterval = options.Heartbeat,
        KeepAliveTimeout = options.Heartbeat,
    };

    public async Task HandleAsync(HttpContext http)
    {
        bool isWebSocket = http.WebSockets.IsWebSocketRequest;
        if (isWebSocket ? !IsAllowed(http.Request) : !AcceptsEvents(http.Request))
        {
            await (isWebSocket ? AnswerForbiddenAsync(http) : AnswerNotAcceptableAsync(http)).ConfigureAwait(false);
            return;
        }

        if (hub.Subscribe(LastIdOf(http.Request)) is not { } client)
        {
            await AnswerTooManyAsync(http).ConfigureAwait(false);
            return;
        }

        try
        {
            // A host that stops would wait for streams that have no end.
            CancellationToken stopping =
                http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            await (isWebSocket
                ? new MessageStream(hub, client).RunAsync(http, end)
                : new EventStream(hub, client).RunAsync(http, options.Reconnect, end.Token)).ConfigureAwait(false);
        }
        finally
        {
            hub.Unsubscribe(client);
        }
    }

    // A browser says the header when it connects again by itself; a page that makes a new stream has the query only.
    private static string? LastIdOf(HttpRequest request) =>
        request.Headers["Last-Event-ID"] is [{ Length: > 0 } header, ..] ? header
        : request.Query["lastEventId"] is [{ Length: > 0 } query, ..] ? query
        : null;

    private static bool AcceptsEvents(HttpRequest request) =>
        request.GetTypedHeaders().Accept is not { Count: > 0 } accepted
        || accepted.Any(type => s_eventStream.IsSubsetOf(type) && type.Quality is not 0);

    private bool IsAllowed(HttpRequest request) =>
        request.Headers.Origin is not [{ } origin, ..]
        || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page)
            && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase))
        || options.WebSocketOrigins.Contains("*")
        || options.WebSocketOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    private static Task AnswerForbiddenAsync(HttpContext http) => Problem.WriteAsync(
        http,
        StatusCodes.Status403Forbidden,
        "The origin is not allowed",
        "Pages of this origin may not open a WebSocket here.");

    private static Task AnswerNotAcceptableAsync(HttpContext http) => Problem.WriteAsync(
        http,
        StatusCodes.Status406NotAcceptable,
        "Neither form is accepted",
        "The stream comes as text/event-stream, or through a WebSocket.");

    private Task AnswerTooManyAsync(HttpContext http)
    {
        Problem.RetryAfter(http, options.Reconnect);
        return Problem.WriteAsync(
            http,
            StatusCodes.Status503ServiceUnavailable,
            "Too many listen already",
            "Every place is taken: try again later.");
    }
}
