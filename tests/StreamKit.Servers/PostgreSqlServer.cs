using System.Globalization;

namespace StreamKit.Servers;

/// <summary>A PostgreSQL of one's own on a loopback port, with one superuser, postgres, and no password.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _program;
    private ServerProcess? _process;

    private PostgreSqlServer(string program) => _program = program;

    /// <summary>The port it listens on, also while it is down.</summary>
    public int Port { get; } = Loopback.FreePort();

    /// <summary>How clients connect to its database postgres.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Include Error Detail=true";

    private string Data => _folder.Of("data");

    /// <summary>Makes and starts a server, or skips the running test where there is none on this machine.</summary>
    public static async Task<PostgreSqlServer> StartAsync(CancellationToken cancellationToken)
    {
        string initialize = Programs.Require("initdb", "postgresql");
        var server = new PostgreSqlServer(Programs.Require("postgres", "postgresql"));
        if (Environment.IsPrivilegedProcess)
        {
            await ServerProcess.RunAsync("chown", ["-R", "postgres", server._folder.Path], cancellationToken);
        }

        (string program, string[] arguments) = AsItself(
            initialize, "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await ServerProcess.RunAsync(program, arguments, cancellationToken);
        await server.RestartAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts the server again with what it had; ends it before where it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        (string program, string[] arguments) = AsItself(
            _program,
            "-D", Data,
            "-k", _folder.Path,
            "-h", "127.0.0.1",
            "-p", Port.ToString(CultureInfo.InvariantCulture));
        _process = await ServerProcess.StartAsync(program, arguments, IsReadyAsync, cancellationToken);
    }

    /// <summary>Ends the server in order: open connections are closed, and open transactions rolled back.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.SignalAsync("INT");
            await process.DisposeAsync();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    // PostgreSQL refuses to run as root. The program takes the place of the one that changes the user, so that the id
    // of the process is its own.
    private static (string Program, string[] Arguments) AsItself(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : (program, arguments);

    // The last line of its file says so itself; a port is open before connections are accepted.
    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(Data, "postmaster.pid");
        return File.Exists(path)
            && (await File.ReadAllLinesAsync(path, cancellationToken)).LastOrDefault()?.Trim() == "ready";
    }
}
