using System.Collections.Concurrent;
using System.Diagnostics;

namespace StreamKit.Kafka.Rebalance;

/// <summary>A member that runs as a process of its own.</summary>
internal sealed class MemberProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private int _assigned;
    private int _handedOver;
    private int _restarts;

    private MemberProcess(Process process, string folder) => (_process, Folder) = (process, folder);

    public string Folder { get; }

    public int Assigned => Volatile.Read(ref _assigned);

    public int HandedOver => Volatile.Read(ref _handedOver);

    public int Restarts => Volatile.Read(ref _restarts);

    public bool HasExited => _process.HasExited;

    /// <summary>Everything that the member has said.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public static MemberProcess Start(string servers, string folder)
    {
        Directory.CreateDirectory(folder);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList = { typeof(MemberProcess).Assembly.Location, "member", servers, folder },
            },
        };
        var member = new MemberProcess(process, folder);
        process.OutputDataReceived += (_, line) => member.Hear(line.Data);
        process.ErrorDataReceived += (_, line) => member.Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return member;
    }

    /// <summary>Has the member drain and leave, and waits until it has.</summary>
    /// <exception cref="InvalidDataException">It has failed.</exception>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
        {
            throw new InvalidDataException($"A member has failed:\n{string.Join('\n', _lines)}");
        }
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (line.Contains("the group gives", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _assigned);
        }
        else if (line.Contains("is handed over", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _handedOver);
        }
        else if (line.Contains("is started again", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _restarts);
        }
    }
}
