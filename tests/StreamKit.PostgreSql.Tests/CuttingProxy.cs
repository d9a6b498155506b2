using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StreamKit.PostgreSql.Tests;

/// <summary>
/// Stands between a client and a server, and cuts a connection when the server is about to say something: what it did
/// is done, and nobody hears of it.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly Task _accepting;
    private byte[]? _words;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often a connection was cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the connection on which these words come next, once.</summary>
    public void CutAt(string words) => _words = Encoding.ASCII.GetBytes(words);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            Task up = PumpAsync(near.GetStream(), far.GetStream(), mayCut: false);
            Task down = PumpAsync(far.GetStream(), near.GetStream(), mayCut: true);
            await Task.WhenAny(up, down);
            near.Close();
            far.Close();
            await Task.WhenAll(up, down);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The server is not there: the client sees its connection end.
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool mayCut)
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, _end.Token)) > 0)
            {
                if (mayCut && _words is { } words && buffer.AsSpan(0, count).IndexOf(words) >= 0)
                {
                    _words = null;
                    Cuts++;
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException
            or OperationCanceledException)
        {
            // One side has gone, so the other goes too.
        }
    }
}
