using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StreamKit.HttpLoad;

/// <summary>
/// Sends one request again and again over one connection, several at a time, and counts answers. It knows nothing of
/// HTTP but how an answer begins, so that what is measured is the server.
/// </summary>
internal sealed class LoadClient : IDisposable
{
    // Enough that the server need not wait for the next, and as much as one segment carries.
    private const int AtATime = 16;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private readonly byte[] _received = new byte[65_536];

    public Task ConnectAsync(int port) => _socket.ConnectAsync(IPAddress.Loopback, port);

    /// <summary>Sends until the time is over; the answers that say 202, and all others.</summary>
    public async Task<(long Accepted, long Refused)> RunAsync(string path, string type, string body, TimeSpan time)
    {
        string request = $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        byte[] requests = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(request, AtATime)));
        long start = TimeProvider.System.GetTimestamp();
        long accepted = 0;
        long refused = 0;
        while (TimeProvider.System.GetElapsedTime(start) < time)
        {
            Task sending = SendAsync(requests);
            for (int answers = 0; answers < AtATime;)
            {
                (int all, int good) = await ReadAsync();
                answers += all;
                accepted += good;
                refused += all - good;
            }

            await sending;
        }

        return (accepted, refused);
    }

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes.AsMemory(sent));
        }
    }

    // An answer may be cut anywhere; what was cut is kept in front of what comes next.
    private int _kept;

    private async ValueTask<(int All, int Good)> ReadAsync()
    {
        int length = _kept + await _socket.ReceiveAsync(_received.AsMemory(_kept));
        int all = 0;
        int good = 0;
        int start = 0;
        while (_received.AsSpan(start, length - start).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
        {
            all++;
            good += _received.AsSpan(start, end).StartsWith("HTTP/1.1 202"u8) ? 1 : 0;
            start += end + 4;
        }

        _kept = length - start;
        _received.AsSpan(start, _kept).CopyTo(_received);
        return (all, good);
    }
}
