using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Records;
using StreamKit.Testing.Simulation;
using StreamKit.Windowing;

namespace StreamKit.Simulation.Tests;

/// <summary>
/// Engines that do one thing wrong are found out, each within 1,000 seeds: a simulation that passes means something.
/// </summary>
public sealed class BrokenEngineTests
{
    private const int MostSeeds = 1_000;

    [Fact]
    public void BarriersThatAreNotAlignedAreFound() =>
        AssertFound(
            static (world, builder) => Scenario.Readings(world, builder, "slow", count: 40)
                .Merge(Scenario.Readings(world, builder, "quick"))
                .WindowAll(TimeWindows.Global())
                .Count()
                .Named("count")
                .To(world.ExactlyOnce<WindowResult<Unit, long>>("count"), "out"),
            static checkpoints => checkpoints with { Mode = CheckpointMode.AtLeastOnce });

    [Fact]
    public void APositionThatIsRecordedLateIsFound() =>
        AssertFound(static (world, builder) => Count(builder, world, Defects.RecordingLate(
            world.Source(Reading.Splits(30, Scenario.Bound)))));

    [Fact]
    public void StateThatIsNotSavedIsFound() =>
        AssertFound(Count, static checkpoints => Change(checkpoints, m => Defects.Without(m, "counts")));

    [Fact]
    public void ATimerThatIsNotSavedIsFound() =>
        AssertFound(
            static (world, builder) => Scenario.Readings(world, builder)
                .KeyBy(static reading => reading.Key)
                .Batch(3, TimeSpan.FromMilliseconds(4))
                .Named("lists")
                .SelectMany(static list => list)
                .To(world.ExactlyOnce<Reading>("records"), "out"),
            static checkpoints => Change(checkpoints, m => Defects.Without(m, "lists")));

    [Fact]
    public void CommittingBeforeTheCheckpointIsCompleteIsFound() =>
        AssertFound(static (world, builder) => Scenario.Readings(world, builder)
            .To(Defects.CommittingEarly(world.ExactlyOnce<Reading>("records")), "out"));

    [Fact]
    public void ALostSeedOfTheHashesIsFound() =>
        AssertFound(Count, static checkpoints => Change(checkpoints, static m => m with { HashSeed = m.HashSeed + 1 }));

    private static void AssertFound(
        Action<SimulationWorld, StreamBuilder> write, Func<CheckpointOptions, CheckpointOptions>? defect = null)
    {
        var options = new SimulationOptions
        {
            Seeds = MostSeeds,
            CheckpointEvery = TimeSpan.FromMilliseconds(5),
            Shrinks = false,
            Configure = defect,
        };
        SimulationException found = Assert.Throws<SimulationException>(() => Scenario.Check(write, options));
        Assert.InRange(found.Seed, options.FirstSeed, options.FirstSeed + MostSeeds - 1);
        string what = found.What[..Math.Min(150, found.What.Length)];
        TestContext.Current.SendDiagnosticMessage($"found by seed {found.Seed}: {what}");
    }

    private static void Count(SimulationWorld world, StreamBuilder builder) =>
        Count(builder, world, world.Source(Reading.Splits(30, Scenario.Bound)));

    private static void Count(StreamBuilder builder, SimulationWorld world, ISource<Reading> source) =>
        builder.From(source, "readings")
            .WithEventTime(
                static reading => reading.Time,
                Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(Scenario.Bound)))
            .Named("readings-time")
            .KeyBy(static reading => reading.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(7)))
            .Count()
            .Named("counts")
            .KeyBy(static result => result.Window.StartTime.Ticks)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(14)))
            .Aggregate(static a => a.Sum(static result => result.Value))
            .Named("totals")
            .To(world.ExactlyOnce<WindowResult<long, long>>("totals"), "out");

    private static CheckpointOptions Change(
        CheckpointOptions checkpoints, Func<CheckpointManifest, CheckpointManifest> change) =>
        checkpoints with { Store = Defects.Changing(checkpoints.Store, change) };
}
