using StreamKit.Workloads.Engines;

namespace StreamKit.Workloads.Tests.Engines;

public class ChannelEngineTests
{
    [Theory]
    [InlineData("W1", 200_000, 1024)]
    [InlineData("W1", 2000, 7)]
    [InlineData("W6", 200_000, 1024)]
    [InlineData("W6", 2000, 7)]
    public async Task GivesTheResultOfTheFloor(string name, int events, int batch)
    {
        Workload workload = WorkloadCatalog.Create(name, events);
        var options = new RunOptions(lanes: 1, batch);
        var engine = new ChannelEngine();
        Assert.True(engine.Supports(name, options));
        Assert.Equal(workload.RunFloor(), await engine.RunAsync(workload, options));
    }

    [Theory]
    [InlineData("W2", 1)]
    [InlineData("W1", 2)]
    [InlineData("W6", 2)]
    public void DoesNotClaimWhatItCannotRun(string name, int lanes) =>
        Assert.False(new ChannelEngine().Supports(name, new RunOptions(lanes, batch: 1024)));
}
