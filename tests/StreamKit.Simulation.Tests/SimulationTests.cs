using StreamKit.Testing.Simulation;
using StreamKit.Windowing;

namespace StreamKit.Simulation.Tests;

/// <summary>What a simulation promises about itself.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void TheSameSeedsTakeTheSameSteps()
    {
        var options = new SimulationOptions { Seeds = 20 };

        Assert.Equal(Scenario.Check(Count, options), Scenario.Check(Count, options));
    }

    [Fact]
    public void AFailingRunSaysItsSeedAndAsFewFaultsAsItTakes()
    {
        var options = new SimulationOptions
        {
            Seeds = 1_000,
            Configure = static checkpoints => checkpoints with
            {
                Store = Defects.Changing(checkpoints.Store, static m => Defects.Without(m, "counts")),
            },
        };

        SimulationException small = Assert.Throws<SimulationException>(() => Scenario.Check(Count, options));
        SimulationException whole = Assert.Throws<SimulationException>(
            () => Scenario.Check(Count, options with { FirstSeed = small.Seed, Seeds = 1, Shrinks = false }));

        Assert.Equal(small.Seed, whole.Seed);
        Assert.NotEmpty(small.Faults);
        Assert.True(small.Faults.Count <= whole.Faults.Count);
        Assert.Contains($"FirstSeed = {small.Seed}", small.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CodeThatGoesOnInAnotherThreadIsFound() =>
        Assert.Contains(
            "another thread",
            Assert.Throws<SimulationException>(() => Scenario.Check(
                static (world, builder) => builder.From(Escaping(), "escaping")
                    .To(world.ExactlyOnce<int>("out"), "out"))).What,
            StringComparison.Ordinal);

    private static async IAsyncEnumerable<int> Escaping()
    {
        await Task.Run(static () => { }, TestContext.Current.CancellationToken).ConfigureAwait(false);
        yield return 1;
    }

    private static void Count(SimulationWorld world, StreamBuilder builder) => Scenario.Readings(world, builder)
        .KeyBy(static reading => reading.Key)
        .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(7)))
        .Count()
        .Named("counts")
        .To(world.ExactlyOnce<WindowResult<int, long>>("counts"), "out");
}
