using System.Net;

namespace StreamKit.Http.Tests.Output;

/// <summary>Listens to server-sent events.</summary>
internal sealed class EventClient : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private EventClient(HttpResponseMessage answer, StreamReader reader) => (_answer, _reader) = (answer, reader);

    /// <summary>The id of the last event.</summary>
    public string? LastId { get; private set; }

    public HttpResponseMessage Answer => _answer;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Connects, and reads the first line, which says that the stream has begun.</summary>
    public static async Task<EventClient> ConnectAsync(HttpServer server, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/live");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        if (lastId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        }

        HttpResponseMessage answer =
            await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var client = new EventClient(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Token)));
        Assert.Equal("retry: 2000", await client._reader.ReadLineAsync(Token));
        Assert.Equal(string.Empty, await client._reader.ReadLineAsync(Token));
        return client;
    }

    /// <summary>The next event as "name data", or ":" for a comment; null at the end of the stream.</summary>
    public async Task<string?> NextAsync()
    {
        string name = string.Empty;
        string? text = null;
        while (await _reader.ReadLineAsync(Token) is { } line)
        {
            if (line.Length == 0)
            {
                return $"{name}{text}";
            }

            string value = line[(line.IndexOf(':') + 1)..].TrimStart();
            switch (line[..line.IndexOf(':')])
            {
                case "id":
                    LastId = value;
                    break;
                case "event":
                    name = value + " ";
                    break;
                case "data":
                    text = value;
                    break;
                default:
                    text = ":";
                    break;
            }
        }

        return null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _answer.Dispose();
    }
}
