using System.Net;
using Microsoft.AspNetCore.Http;

namespace StreamKit.Http;

/// <summary>The request that a record came with.</summary>
public readonly struct HttpIngestRequest
{
    internal HttpIngestRequest(HttpContext http, DateTimeOffset receivedAt) => (Http, ReceivedAt) = (http, receivedAt);

    /// <summary>When the request was received, by the clock of the job that reads.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>What the client says that it is; null where it says nothing.</summary>
    public string? UserAgent => Http.Request.Headers.UserAgent is [{ } agent, ..] ? agent : null;

    /// <summary>
    /// The address of the client; null where the server does not know it. Behind a proxy it is the proxy's unless the
    /// program uses forwarded headers.
    /// </summary>
    public IPAddress? RemoteAddress => Http.Connection.RemoteIpAddress;

    /// <summary>All else of the request; valid until the parser returns, so keep what you take from it.</summary>
    public HttpContext Http { get; }
}
