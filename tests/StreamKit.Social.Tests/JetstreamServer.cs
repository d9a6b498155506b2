using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace StreamKit.Social.Tests;

/// <summary>
/// A server that speaks Jetstream: it keeps all events, sends those from the cursor on (inclusive), then what comes.
/// </summary>
internal sealed class JetstreamServer : IAsyncDisposable
{
    internal const long FirstMicrosecond = 1_767_225_600_000_000;

    private readonly Lock _lock = new();
    private readonly List<(long Time, string Message)> _events = [];
    private readonly List<Channel<string>> _clients = [];
    private LocalServer _server = null!;

    /// <summary>The queries of all connections.</summary>
    internal ConcurrentQueue<string> Queries { get; } = new();

    /// <summary>Statuses for the next attempts.</summary>
    internal ConcurrentQueue<int> Refusals { get; } = new();

    internal Uri Endpoint => new UriBuilder(_server.Address) { Scheme = "ws", Path = "/subscribe" }.Uri;

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

    internal static async Task<JetstreamServer> StartAsync()
    {
        var server = new JetstreamServer();
        server._server = await LocalServer.StartAsync(server.AnswerAsync);
        return server;
    }

    /// <summary>The id of a post, as the source makes it.</summary>
    internal static string IdOf(int number) => $"at://did:plc:someone/app.bsky.feed.post/post{number}";

    /// <summary>Adds a post, one millisecond after the other.</summary>
    internal void Post(int number, string record = """{"text":"hello","createdAt":"2026-01-01T00:00:00Z"}""") =>
        Send(number, $$"""
            {"did":"did:plc:someone","time_us":{{TimeOf(number)}},"kind":"commit","commit":{"rev":"r{{number}}",
            "operation":"create","collection":"app.bsky.feed.post","rkey":"post{{number}}",
            "record":{{record}},"cid":"c"} }
            """);

    /// <summary>Adds any event.</summary>
    internal void Send(int number, string message)
    {
        lock (_lock)
        {
            _events.Add((TimeOf(number), message));
            Say(message);
        }
    }

    /// <summary>Says something that is no event, to those who are there.</summary>
    internal void Say(string message)
    {
        lock (_lock)
        {
            _clients.ForEach(client => client.Writer.TryWrite(message));
        }
    }

    /// <summary>Closes all connections without a word.</summary>
    internal void Cut()
    {
        lock (_lock)
        {
            _clients.ForEach(client => client.Writer.TryComplete());
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static long TimeOf(int number) => FirstMicrosecond + (number * 1000L);

    private async Task AnswerAsync(HttpContext http, CancellationToken stop)
    {
        Queries.Enqueue(http.Request.QueryString.Value!);
        if (Refusals.TryDequeue(out int status))
        {
            http.Response.StatusCode = status;
            return;
        }

        long from = long.TryParse(http.Request.Query["cursor"], CultureInfo.InvariantCulture, out long cursor)
            ? cursor : long.MaxValue;
        using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
        var client = Channel.CreateUnbounded<string>();
        lock (_lock)
        {
            foreach ((long time, string message) in _events)
            {
                if (time >= from)
                {
                    client.Writer.TryWrite(message);
                }
            }

            _clients.Add(client);
        }

        try
        {
            // Without reading nobody notices that the client has gone.
            Task leaving = socket.ReceiveAsync(new byte[16], stop);
            _ = leaving.ContinueWith(_ => client.Writer.TryComplete(), TaskScheduler.Default);
            await foreach (string message in client.Reader.ReadAllAsync(stop))
            {
                await socket.SendAsync(
                    Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, stop);
            }
        }
        finally
        {
            lock (_lock)
            {
                _clients.Remove(client);
            }

            http.Abort();
        }
    }
}
