using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace StreamKit.Http.Output;

/// <summary>Sends frames as server-sent events.</summary>
internal sealed class EventStream(FrameHub hub, OutputClient client) : ClientStream(hub, client)
{
    private PipeWriter _body = null!; // Set before anything is sent.

    public async Task RunAsync(HttpContext http, TimeSpan reconnect, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";

        // Whoever would collect the answer before handing it on must not.
        http.Response.Headers.ContentEncoding = "identity";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        _body = http.Response.BodyWriter;
        string greeting = string.Create(
            CultureInfo.InvariantCulture, $"retry: {(long)reconnect.TotalMilliseconds}\n\n");
        try
        {
            FlushResult flushed = await _body.WriteAsync(Encoding.ASCII.GetBytes(greeting), cancellationToken)
                .ConfigureAwait(false);
            if (!flushed.IsCompleted)
            {
                await SendAllAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The client went away, or the host stops: the stream just ends.
        }
    }

    protected override async ValueTask<bool> SendAsync(OutputFrame frame, CancellationToken cancellationToken) =>
        !(await _body.WriteAsync(frame.Event, cancellationToken).ConfigureAwait(false)).IsCompleted;
}
