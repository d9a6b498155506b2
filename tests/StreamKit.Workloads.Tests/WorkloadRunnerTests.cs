using System.Globalization;
using System.Text.Json;
using StreamKit.Workloads.CommandLine;
using StreamKit.Workloads.Engines;
using StreamKit.Workloads.Tests.Measuring;

namespace StreamKit.Workloads.Tests;

[Collection(nameof(AloneInTheProcess))]
public sealed class WorkloadRunnerTests : IDisposable
{
    // More than the workload allows for a thousand events, set-up included.
    private const int TooManyBytes = 8_000_000;

    private readonly ManualClock _clock = new(step: TimeSpan.FromSeconds(1));
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _errors = new(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task ARightAndFrugalEnginePassesTheGate()
    {
        Assert.Equal(0, await RunAsync("--short --events 1000", Engine(workload => workload.RunFloor())));
        Assert.Empty(_errors.ToString());
    }

    [Theory]
    [InlineData("--short --events 1000")]
    [InlineData("--events 1000")]
    public async Task AWrongResultFails(string words)
    {
        Assert.Equal(1, await RunAsync(words, Engine(_ => default)));
        string complaint = _errors.ToString();
        Assert.Contains("scripted on W1: the result 0000000000000000/0 differs", complaint, StringComparison.Ordinal);
        Assert.Contains("WRONG", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--short --events 1000", 1)]
    [InlineData("--events 1000", 0)]
    public async Task TooManyBytesFailTheGateOnly(string words, int exitCode)
    {
        ScriptedEngine greedy = Engine(workload =>
        {
            GC.KeepAlive(new byte[TooManyBytes]);
            return workload.RunFloor();
        });
        Assert.Equal(exitCode, await RunAsync(words, greedy));
        Assert.Equal(exitCode == 1, _errors.ToString().Contains("bytes allocated per event", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--short --events 1000", 1, 2)]
    [InlineData("--events 1000", 0, 1)]
    public async Task AnEngineFarBehindTheFloorFailsTheGateOnlyAndOnlyTheSecondTime(
        string words, int exitCode, int measurements)
    {
        ScriptedEngine slow = Engine(workload =>
        {
            Enumerable.Range(0, 100).ToList().ForEach(_ => _clock.GetTimestamp()); // Each step is a second.
            return workload.RunFloor();
        });
        Assert.Equal(exitCode, await RunAsync($"{words} --repetitions 1", slow));
        Assert.Equal(exitCode == 1, _errors.ToString().Contains("of the floor's speed", StringComparison.Ordinal));
        Assert.Equal(2 * measurements, slow.Runs); // One to warm up, one that counts.
    }

    [Fact]
    public async Task AJsonLineHasAllFields()
    {
        ScriptedEngine engine = Engine(workload => workload.RunFloor());
        await RunAsync("--json --events 1000 --repetitions 2 --lanes 4 --batch 64", engine);
        using var line = JsonDocument.Parse(Assert.Single(Lines()));
        Assert.Equal(
            [
                "workload", "engine", "events", "million_events_per_second", "ratio_to_floor", "bytes_per_event",
                "checksum", "rows", "checksum_equals_floor", "repetitions", "lanes", "batch",
            ],
            line.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal("W1", line.RootElement.GetProperty("workload").GetString());
        Assert.Equal(1000, line.RootElement.GetProperty("events").GetInt32());
        Assert.True(line.RootElement.GetProperty("checksum_equals_floor").GetBoolean());
        Assert.Equal(2, line.RootElement.GetProperty("repetitions").GetInt32());
        Assert.Equal(4, line.RootElement.GetProperty("lanes").GetInt32());
        Assert.Equal(64, line.RootElement.GetProperty("batch").GetInt32());
    }

    [Fact]
    public async Task TheTableHasARowForTheFloorAndOneForTheEngine()
    {
        await RunAsync("--events 1000", Engine(workload => workload.RunFloor()));
        Assert.Equal(["workload", "W1", "W1"], Lines().Select(line => line.Split(' ')[0]));
        Assert.Contains("floor", Lines()[1], StringComparison.Ordinal);
        Assert.EndsWith("ok", Lines()[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANamedWorkloadThatNoEngineRunsIsAnError()
    {
        ScriptedEngine engine = Engine(workload => workload.RunFloor());
        var problem = await Assert.ThrowsAsync<UsageException>(() => RunAsync("W1 W2", engine));
        Assert.Contains("no engine here runs W2", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, engine.Runs);
    }

    [Fact]
    public async Task NoEngineAtAllIsAnError()
    {
        var problem = await Assert.ThrowsAsync<UsageException>(() => RunAsync("--short"));
        Assert.Contains("no engine here", problem.Message, StringComparison.Ordinal);
    }

    private string[] Lines() => _output.ToString().Split(_output.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private Task<int> RunAsync(string words, params IEngine[] engines) =>
        new WorkloadRunner(engines, _clock, _output, _errors).RunAsync(ArgumentParser.Parse(words.Split(' ')));

    private static ScriptedEngine Engine(Func<Workload, Checksum> run) => new(["W1"], (_, workload) => run(workload));
}
