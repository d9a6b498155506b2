using System.Diagnostics;
using System.Text;

namespace HashtagTracker.Tests.Contract;

/// <summary>The built program, running; killed when it is disposed before its end.</summary>
internal sealed class TrackerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private TrackerProcess(Process process)
    {
        _process = process;

        // Read from the beginning, or a program that says much would wait for its reader.
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it writes to its standard output.</summary>
    public StreamReader Output => _process.StandardOutput;

    public static TrackerProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "HashtagTracker.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new TrackerProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
    }

    /// <summary>Waits for the end of the program.</summary>
    public async Task<TrackerRun> EndAsync(CancellationToken cancellationToken)
    {
        string output = await Output.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return new TrackerRun(_process.ExitCode, output, await _error);
    }

    /// <summary>Sends the signal by which a system asks a program to end.</summary>
    public async Task AskToEndAsync(CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        await _error;
        _process.Dispose();
    }
}
