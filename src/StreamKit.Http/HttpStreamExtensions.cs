using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace StreamKit.Http;

/// <summary>Routes that records come in by, and results go out by.</summary>
public static class HttpStreamExtensions
{
    /// <summary>Maps a route to which clients post records.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="endpoints">Where the route is added.</param>
    /// <param name="pattern">The route, such as "/collect".</param>
    /// <param name="ingest">The source that the requests fill; it may be mapped to several routes.</param>
    /// <returns>The route, to require authorization, a CORS policy or a rate limit.</returns>
    /// <remarks>
    /// A body holds one JSON value, an array of them, or one on each line (application/x-ndjson); text/plain and
    /// application/x-www-form-urlencoded, as beacons of browsers send it, are read as JSON too. 202: all records are in
    /// the queue; 400: some are none; 413: too many bytes or records; 415: another type; 429: the queue is full; 503:
    /// no job reads. With any answer but 202 nothing of the request was accepted. Errors are answered as
    /// application/problem+json.
    /// </remarks>
    /// <example><code>
    /// app.MapStreamIngest("/collect", views).RequireCors("shop")
    /// </code></example>
    public static IEndpointConventionBuilder MapStreamIngest<T>(
        this IEndpointRouteBuilder endpoints, string pattern, HttpIngest<T> ingest)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(ingest);
        return endpoints.MapMethods(pattern, [HttpMethods.Post], ingest.Endpoint.HandleAsync);
    }

    /// <summary>Maps a route at which clients listen to results.</summary>
    /// <typeparam name="T">The type of the results.</typeparam>
    /// <param name="endpoints">Where the route is added.</param>
    /// <param name="pattern">The route, such as "/live".</param>
    /// <param name="output">The sink whose results are sent; it may be mapped to several routes.</param>
    /// <returns>The route, to require authorization or a CORS policy.</returns>
    /// <remarks>
    /// A request that upgrades to a WebSocket gets text messages, any other server-sent events. 406: neither is
    /// accepted; 403: a WebSocket from a page of another origin that is not allowed; 503: too many clients listen.
    /// Open streams end at once when the host stops.
    /// </remarks>
    /// <example><code>
    /// app.MapStream("/live", output)
    /// </code></example>
    public static IEndpointConventionBuilder MapStream<T>(
        this IEndpointRouteBuilder endpoints, string pattern, HttpOutput<T> output)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(output);
        IApplicationBuilder pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets(output.Endpoint.WebSockets);
        pipeline.Run(output.Endpoint.HandleAsync);

        // A WebSocket over HTTP/2 comes by CONNECT.
        return endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Connect], pipeline.Build());
    }
}
