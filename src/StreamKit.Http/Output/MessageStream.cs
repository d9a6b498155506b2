using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace StreamKit.Http.Output;

/// <summary>Sends frames as text messages of a WebSocket; what the client sends is passed over.</summary>
internal sealed class MessageStream(FrameHub hub, OutputClient client) : ClientStream(hub, client)
{
    // Long enough for an answer to a close, short enough for a host that stops.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly FrameHub _hub = hub;
    private WebSocket _socket = null!; // Set before anything is sent.

    public async Task RunAsync(HttpContext http, CancellationTokenSource end)
    {
        using WebSocket socket = _socket = await http.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        Task receiving = ReceiveAsync(end);
        try
        {
            await SendAllAsync(end.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The client went away, or the host stops.
        }

        await CloseAsync(http.RequestAborted).ConfigureAwait(false);

        // A connection that is cut at once may take the word of the close with it.
        await receiving.WaitAsync(s_patience, _hub.Clock, http.RequestAborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Abort();
        await receiving.ConfigureAwait(false);
    }

    protected override async ValueTask<bool> SendAsync(OutputFrame frame, CancellationToken cancellationToken)
    {
        // The protocol has pings of its own.
        if (frame != OutputFrame.Heartbeat)
        {
            await _socket.SendAsync(frame.Message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken)
                .ConfigureAwait(false);
        }

        return true;
    }

    // Without a read nobody would answer a ping or see that the client closes. It is not told when to end, because a
    // read that is cancelled takes the connection with it, and there is a word to say before.
    private async Task ReceiveAsync(CancellationTokenSource end)
    {
        byte[] passedOver = new byte[1024];
        try
        {
            ValueWebSocketReceiveResult received;
            do
            {
                received = await _socket.ReceiveAsync(passedOver.AsMemory(), CancellationToken.None)
                    .ConfigureAwait(false);
            }
            while (received.MessageType != WebSocketMessageType.Close);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException
            or ObjectDisposedException or IOException)
        {
            // The connection is gone.
        }

        await end.CancelAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync(CancellationToken aborted)
    {
        try
        {
            if (_socket.State == WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, aborted)
                    .ConfigureAwait(false);
            }
            else if (_socket.State == WebSocketState.Open)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "stopping", aborted)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // It is as closed as it can be.
        }
    }
}
