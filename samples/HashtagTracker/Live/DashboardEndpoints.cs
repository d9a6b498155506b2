using Microsoft.AspNetCore.Http.Features;

namespace HashtagTracker.Live;

/// <summary>The page and its data.</summary>
internal static class DashboardEndpoints
{
    private static readonly (string Route, string File, string ContentType)[] Assets =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/app.css", "app.css", "text/css; charset=utf-8"),
        ("/app.js", "app.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "icon.svg", "image/svg+xml"),
    ];

    /// <summary>Maps the page at <c>/</c>, the latest snapshot at <c>/api/top</c> (204 before the first) and the
    /// stream of snapshots at <c>/api/stream</c> (503 when the hub has too many clients).</summary>
    public static void MapDashboard(this IEndpointRouteBuilder endpoints, SnapshotHub hub)
    {
        RouteGroupBuilder group = endpoints.MapGroup("").AddEndpointFilter(static (context, next) =>
        {
            IHeaderDictionary headers = context.HttpContext.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";

            // The files may be kept but must be asked for: a new build is seen at once.
            headers.CacheControl = "no-cache";
            return next(context);
        });
        foreach ((string route, string file, string contentType) in Assets)
        {
            var asset = EmbeddedAsset.Load(file, contentType);
            group.MapGet(route, () => asset.ToResult());
        }

        group.MapGet("/api/top", () => hub.Latest is { } frame
            ? Results.Bytes(frame.Json, "application/json")
            : Results.NoContent());
        group.MapGet("/api/stream", (HttpContext context, IHostApplicationLifetime lifetime) =>
            StreamAsync(context, hub, lifetime.ApplicationStopping));
    }

    private static async Task StreamAsync(HttpContext context, SnapshotHub hub, CancellationToken stopping)
    {
        if (!hub.TrySubscribe(out SnapshotSubscription? client))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "10";
            return;
        }

        using (client)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            try
            {
                await SnapshotStream.WriteAsync(context.Response.Body, hub, client, end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The browser left or the program stops: how every stream ends, and nothing is lost by it.
            }
        }
    }
}
