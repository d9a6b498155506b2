using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace StreamKit.Social.Tests;

/// <summary>A server that streams as Mastodon does, and keeps the posts in a timeline.</summary>
internal sealed class MastodonServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<int> _posts = [];
    private readonly List<Channel<string>> _clients = [];
    private LocalServer _server = null!;

    /// <summary>The paths with their queries, and the token, of all requests.</summary>
    internal ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Statuses for the next requests of the stream.</summary>
    internal ConcurrentQueue<int> Refusals { get; } = new();

    internal Uri Address => _server.Address;

    internal int Open
    {
        get
        {
            lock (_lock)
            {
                return _clients.Count;
            }
        }
    }

    internal static async Task<MastodonServer> StartAsync()
    {
        var server = new MastodonServer();
        server._server = await LocalServer.StartAsync(server.AnswerAsync);
        return server;
    }

    /// <summary>A post as the server writes it.</summary>
    internal static string Status(int id, string content = "<p>hello</p>") =>
        "{\"id\":\"" + Id(id) + "\",\"created_at\":\"2026-01-01T00:00:00.500Z\",\"language\":\"en\",\"content\":\""
        + content + "\",\"url\":\"https://example.org/@a/1\",\"account\":{\"acct\":\"a@example.org\"},"
        + "\"tags\":[{\"name\":\"tea\"}],\"in_reply_to_id\":null}";

    internal static string Id(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds a post to the timeline and streams it.</summary>
    internal void Post(int id)
    {
        lock (_lock)
        {
            _posts.Add(id);
            Send($"event: update\ndata: {Status(id)}\n\n");
        }
    }

    /// <summary>Streams anything.</summary>
    internal void Send(string text)
    {
        lock (_lock)
        {
            _clients.ForEach(client => client.Writer.TryWrite(text));
        }
    }

    /// <summary>Ends all streams.</summary>
    internal void Cut()
    {
        lock (_lock)
        {
            _clients.ForEach(client => client.Writer.TryComplete());
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext http, CancellationToken stop)
    {
        Requests.Enqueue($"{http.Request.Path}{http.Request.QueryString} {http.Request.Headers.Authorization}");
        return http.Request.Path.StartsWithSegments("/api/v1/streaming")
            ? StreamAsync(http, stop)
            : PageAsync(http, stop);
    }

    private async Task StreamAsync(HttpContext http, CancellationToken stop)
    {
        if (Refusals.TryDequeue(out int status))
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = status == 429 ? "90" : default;
            return;
        }

        var client = Channel.CreateUnbounded<string>();
        client.Writer.TryWrite(":)\n");
        lock (_lock)
        {
            _clients.Add(client);
        }

        try
        {
            http.Response.ContentType = "text/event-stream";
            await foreach (string text in client.Reader.ReadAllAsync(stop))
            {
                await http.Response.WriteAsync(text, stop);
                await http.Response.Body.FlushAsync(stop);
            }
        }
        finally
        {
            lock (_lock)
            {
                _clients.Remove(client);
            }
        }
    }

    private async Task PageAsync(HttpContext http, CancellationToken stop)
    {
        int after = int.Parse(http.Request.Query["min_id"].ToString(), CultureInfo.InvariantCulture);
        int limit = int.Parse(http.Request.Query["limit"].ToString(), CultureInfo.InvariantCulture);
        int[] page;
        lock (_lock)
        {
            // Those right behind, the newest first.
            page = [.. _posts.Where(id => id > after).Take(limit).Reverse()];
        }

        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(
            Encoding.UTF8.GetBytes($"[{string.Join(',', page.Select(id => Status(id)))}]"), stop);
    }
}
