using StreamKit.Workloads.Engines;

namespace StreamKit.Workloads.Tests.Measuring;

/// <summary>An engine that answers what it is told to and counts how often it was asked.</summary>
internal sealed class ScriptedEngine(string[] workloads, Func<int, Workload, Checksum> run) : IEngine
{
    public int Runs { get; private set; }

    public string Name => "scripted";

    public bool Supports(string workload, RunOptions options) => workloads.Contains(workload);

    public Task<Checksum> RunAsync(Workload workload, RunOptions options) => Task.FromResult(run(Runs++, workload));
}
