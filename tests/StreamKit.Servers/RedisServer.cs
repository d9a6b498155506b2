using System.Globalization;

namespace StreamKit.Servers;

/// <summary>A redis-server of one's own on a loopback port, which keeps what it was given over a restart.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _program;
    private ServerProcess? _process;

    private RedisServer(string program) => _program = program;

    /// <summary>The port it listens on, also while it is down.</summary>
    public int Port { get; } = Loopback.FreePort();

    /// <summary>Where clients find it: "127.0.0.1:PORT".</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Starts a server, or skips the running test where there is none on this machine.</summary>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new RedisServer(Programs.Require("redis-server", "redis-server"));
        await server.RestartAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts the server again with what it had; ends it before where it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        string[] arguments =
        [
            "--bind", "127.0.0.1",
            "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--dir", _folder.Path,
            "--appendonly", "yes",
            "--save", "",
        ];
        _process = await ServerProcess.StartAsync(
            _program, arguments, token => Loopback.IsOpenAsync(Port, token), cancellationToken);
    }

    /// <summary>Ends the server in order; nothing that it has acknowledged is lost.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.SignalAsync("TERM");
            await process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Ends the server at once.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }
}
