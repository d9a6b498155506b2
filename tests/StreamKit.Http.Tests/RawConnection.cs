using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace StreamKit.Http.Tests;

/// <summary>A connection whose bytes are a test's own.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _reader;

    public RawConnection(Socket socket)
    {
        _socket = socket;
        _reader = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task SendAsync(string text)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), Token);
    }

    /// <summary>Reads an answer: its status and its body, for which it says the length.</summary>
    public async Task<(int Status, string Body)> ReadAnswerAsync()
    {
        int status = int.Parse((await LineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
        int length = 0;
        while (await LineAsync() is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(header.AsSpan("Content-Length:".Length), CultureInfo.InvariantCulture);
            }
        }

        // A read of nothing would wait for something.
        char[] body = new char[length];
        int read = length == 0 ? 0 : await _reader.ReadBlockAsync(body.AsMemory(), Token);
        return (status, new string(body, 0, read));
    }

    /// <summary>The next line; empty at the end.</summary>
    public async Task<string> LineAsync() => await _reader.ReadLineAsync(Token) ?? string.Empty;

    /// <summary>Cuts the connection as a process that dies does.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }
}
