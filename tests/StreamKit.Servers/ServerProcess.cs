using System.Diagnostics;

namespace StreamKit.Servers;

/// <summary>A process that was started here, and is ended here by its id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly Queue<string> _output = new();

    private ServerProcess(Process process) => _process = process;

    /// <summary>Starts a program and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(
        string program,
        IEnumerable<string> arguments,
        Func<CancellationToken, Task<bool>> isReady,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var server = new ServerProcess(Process.Start(start) ?? throw new InvalidOperationException(program));
        try
        {
            server.Listen();
            await server.WaitUntilAsync(isReady, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program to its end; throws with what it said where it fails.</summary>
    public static async Task RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        await using var run = new ServerProcess(
            Process.Start(start) ?? throw new InvalidOperationException(program));
        run.Listen();
        await run._process.WaitForExitAsync(cancellationToken);
        if (run._process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {run._process.ExitCode}:\n{run.Said}");
        }
    }

    /// <summary>Asks the process to end, and waits until it has.</summary>
    /// <param name="signal">The signal: TERM, INT, QUIT.</param>
    public async Task SignalAsync(string signal)
    {
        if (!_process.HasExited)
        {
            using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(null, null)]);
            await kill.WaitForExitAsync();
            await _process.WaitForExitAsync().WaitAsync(s_patience);
        }
    }

    /// <summary>Ends the process at once, as a power failure would.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private string Said
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Enqueue(line);
                if (_output.Count > 100)
                {
                    _output.Dequeue();
                }
            }
        }
    }

    private async Task WaitUntilAsync(Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while (!await isReady(cancellationToken))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > s_patience)
            {
                throw new InvalidOperationException($"The server is not ready. It said:\n{Said}");
            }

            await Task.Delay(s_pause, TimeProvider.System, cancellationToken);
        }
    }
}
