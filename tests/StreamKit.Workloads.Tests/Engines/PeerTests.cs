using StreamKit.Workloads.Engines;

namespace StreamKit.Workloads.Tests.Engines;

public class PeerTests
{
    public static TheoryData<string, string> Supported
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (IEngine engine in EngineCatalog.Peers)
            {
                foreach (string name in WorkloadCatalog.Names.Where(name => engine.Supports(name, OneLane())))
                {
                    cases.Add(engine.Name, name);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Names => [.. WorkloadCatalog.Names];

    // More events than any of the peers' bounded queues holds, so that each has been full.
    [Theory]
    [MemberData(nameof(Supported))]
    public Task GivesTheResultOfTheFloor(string engine, string name) =>
        AssertEqualsFloorAsync(engine, name, 200_000, 1024);

    [Theory]
    [MemberData(nameof(Supported))]
    public Task GivesTheResultOfTheFloorInSmallBatches(string engine, string name) =>
        AssertEqualsFloorAsync(engine, name, 2000, 7);

    // Enough events that a second of W1, W2 and W3 and a window of W7 close before the end.
    [Theory]
    [MemberData(nameof(Names))]
    public Task TheHandWrittenProgramsGiveTheResultOfTheFloorOverManyWindows(string name) =>
        AssertEqualsFloorAsync("Channel batches", name, 1_500_000, 1024);

    [Theory]
    [MemberData(nameof(Names))]
    public Task TheQueriesOfRxGiveTheResultOfTheFloorOverManyWindows(string name) =>
        AssertEqualsFloorAsync("Rx", name, 1_500_000, 1024);

    [Fact]
    public void EveryPeerIsThereOnceAndRunsSomething()
    {
        Assert.Distinct(EngineCatalog.Peers.Select(engine => engine.Name));
        Assert.All(
            EngineCatalog.Peers,
            engine => Assert.Contains(WorkloadCatalog.Names, name => engine.Supports(name, OneLane())));
    }

    [Fact]
    public void OnlyTheBatchEngineClaimsSeveralLanes() => Assert.All(
        EngineCatalog.Peers,
        engine => Assert.Equal(engine is IBatchEngine, engine.Supports("W1", new RunOptions(lanes: 2, batch: 1024))));

    // Made anew, since a test may run beside another and an engine prepares one workload at a time.
    private static async Task AssertEqualsFloorAsync(string engineName, string name, int events, int batch)
    {
        IEngine known = EngineCatalog.Peers.Single(engine => engine.Name == engineName);
        var engine = (IEngine)Activator.CreateInstance(known.GetType())!; // Never null for a class.
        Workload workload = WorkloadCatalog.Create(name, events);
        var options = new RunOptions(lanes: 1, batch);
        try
        {
            await engine.PrepareAsync(workload, options);
            Assert.Equal(workload.RunFloor(), await engine.RunAsync(workload, options));
        }
        finally
        {
            if (engine is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync();
            }
        }
    }

    private static RunOptions OneLane() => new(lanes: 1, batch: 1024);
}
