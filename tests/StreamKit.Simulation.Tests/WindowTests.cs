using StreamKit.Records;
using StreamKit.Testing.Simulation;
using StreamKit.Windowing;

namespace StreamKit.Simulation.Tests;

/// <summary>Windows of every kind, through kills, failures, restarts and other numbers of lanes.</summary>
public sealed class WindowTests
{
    [Fact]
    public void TumblingWindowsCountEveryRecordOnce()
    {
        SimulationReport report = Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .KeyBy(static reading => reading.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(7)))
            .Count()
            .Named("counts")
            .To(world.ExactlyOnce<WindowResult<int, long>>("counts"), "out"));

        Assert.True(report is { Kills: > 0, Restarts: > 0, Savepoints: > 0, FailedCheckpoints: > 0 });
    }

    [Fact]
    public void HoppingWindowsRollOn() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .KeyBy(static reading => reading.Key)
            .Window(TimeWindows.Hopping(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3)))
            .Aggregate(static a =>
                (a.Count(), a.Sum(static reading => (long)reading.Value), a.Max(static reading => reading.Value)))
            .Named("sums")
            .To(world.ExactlyOnce<WindowResult<int, (long, long, int)>>("sums"), "out"));

    [Fact]
    public void SessionsGoOn() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .KeyBy(static reading => reading.Key)
            .Window(TimeWindows.Session(TimeSpan.FromSeconds(2)))
            .Count()
            .Named("sessions")
            .To(world.ExactlyOnce<WindowResult<int, long>>("sessions"), "out"));

    [Fact]
    public void WindowsAfterWindowsAndARankingAgree() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .KeyBy(static reading => reading.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(4)))
            .Count()
            .Named("first")
            .WindowAll(TimeWindows.Tumbling(TimeSpan.FromSeconds(8)))
            .Aggregate(static a => a.Sum(static result => result.Value))
            .Named("second")
            .To(world.WriteAhead<WindowResult<Unit, long>>("totals"), "out"));
}
