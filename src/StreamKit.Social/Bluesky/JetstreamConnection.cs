using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Social.Live;

namespace StreamKit.Social.Bluesky;

/// <summary>A connection to Jetstream, in the form of its first version, which all servers speak.</summary>
internal sealed class JetstreamConnection(
    JetstreamOptions options,
    SourceContext<SocialPost> context,
    long? cursor,
    ChannelWriter<LiveItem> queue)
    : LiveConnection(context, options.SilenceTimeout ?? Timeout.InfiniteTimeSpan, queue)
{
    // Enough to see what an unreadable message is.
    private const int KeptBytes = 1024;

    private byte[] _message = new byte[1 << 14];
    private long? _cursor = cursor;

    protected override async Task ReadStreamAsync(Silence silence, CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        // Finds a dead peer also where few events come.
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        try
        {
            await socket.ConnectAsync(Address(), silence.Token).ConfigureAwait(false);
        }
        catch (WebSocketException exception)
            when ((int)socket.HttpStatusCode is >= 400 and < 500 and not (408 or 429))
        {
            throw new SocialStreamException(
                $"Jetstream refuses the connection with {(int)socket.HttpStatusCode} ({socket.HttpStatusCode}).",
                exception)
            {
                StatusCode = socket.HttpStatusCode,
            };
        }

        Connected();
        while (await ReceiveAsync(socket, silence.Token).ConfigureAwait(false) is { } length)
        {
            Heard(silence);
            LiveItem? item = length > options.MaxMessageBytes
                ? Bad(KeptBytes, $"The message is longer than {options.MaxMessageBytes} bytes.", cause: null)
                : Read(_message.AsMemory(0, length));
            if (item is { } found)
            {
                await PutAsync(found, silence, stop).ConfigureAwait(false);
            }
        }
    }

    private Uri Address()
    {
        var query = new StringBuilder("wantedCollections=").Append(JetstreamEvent.PostCollection);
        foreach (string did in options.Dids)
        {
            query.Append("&wantedDids=").Append(Uri.EscapeDataString(did));
        }

        if (_cursor is { } last)
        {
            long from = last - (long)options.Rewind.TotalMicroseconds;
            query.Append("&cursor=").Append(from.ToString(CultureInfo.InvariantCulture));
        }

        return new UriBuilder(options.Endpoint) { Query = query.ToString() }.Uri;
    }

    /// <summary>Reads a whole message; null when the server closes. Of one too long only the start is kept.</summary>
    private async ValueTask<int?> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        int length = 0;
        while (true)
        {
            if (length == _message.Length && length <= options.MaxMessageBytes)
            {
                Array.Resize(ref _message, length * 2);
            }

            // Behind the limit the rest of a message is read over its own end, to be dropped.
            int at = length > options.MaxMessageBytes ? KeptBytes : length;
            ValueWebSocketReceiveResult result =
                await socket.ReceiveAsync(_message.AsMemory(at), cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length = length > options.MaxMessageBytes ? length : length + result.Count;
            if (result.EndOfMessage)
            {
                return length;
            }
        }
    }

    private LiveItem? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var parsed = JetstreamEvent.Read(document.RootElement);
            if (parsed.Error is { } error)
            {
                throw new ConnectFailure($"Jetstream ends the stream: {error}");
            }

            _cursor = Math.Max(_cursor ?? 0, parsed.TimeMicroseconds);
            return parsed.Post is null ? null : new LiveItem(parsed.Post, parsed.Key, parsed.TimeMicroseconds);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return Bad(message.Length, exception.Message, exception);
        }
    }

    private LiveItem Bad(int length, string reason, Exception? cause)
    {
        string? position = _cursor?.ToString(CultureInfo.InvariantCulture);
        var exception = new InvalidDataException($"'{JetstreamReader.SplitName}', after {position}: {reason}", cause);
        byte[] bytes = _message.AsSpan(0, length).ToArray();
        return new LiveItem(Bad: new BadRecord(JetstreamReader.SplitName, position, bytes, exception));
    }
}
