using System.Globalization;
using StreamKit.Testing.Simulation;

namespace StreamKit.Simulation.Tests;

/// <summary>Pipelines that remember nothing but how far they have read.</summary>
public sealed class StatelessTests
{
    private static readonly IReadOnlyList<IReadOnlyList<int>> s_splits =
        [[.. Enumerable.Range(0, 40)], [.. Enumerable.Range(100, 25)], []];

    [Fact]
    public void EveryRecordIsThereExactlyOnce()
    {
        SimulationReport report = JobSimulation.Check(Build, new SimulationOptions { Seeds = Seeds.Count });

        Assert.True(report.Kills > 0);
        Assert.True(report.Restarts > 0);
        Assert.True(report.FailedCheckpoints > 0);
        TestContext.Current.SendDiagnosticMessage(report.ToString());
    }

    private static StreamBuilder Build(SimulationWorld world)
    {
        var builder = StreamBuilder.Create("stateless");
        DataStream<string> texts = builder.From(world.Source(s_splits), "numbers")
            .Select(number =>
            {
                world.MayFail("the selector");
                return number.ToString(CultureInfo.InvariantCulture);
            });
        texts.To(world.ExactlyOnce<string>("two-phase"), "two-phase");
        texts.To(world.WriteAhead<string>("write-ahead"), "write-ahead");
        texts.To(world.Append<string>("append"), "append");
        return builder;
    }
}
