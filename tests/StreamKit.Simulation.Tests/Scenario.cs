using StreamKit.Serialization;
using StreamKit.Testing.Simulation;

namespace StreamKit.Simulation.Tests;

/// <summary>What the scenarios have in common.</summary>
internal static class Scenario
{
    public const int Bound = 5;

    /// <summary>A stream of readings with event time.</summary>
    public static DataStream<Reading> Readings(
        SimulationWorld world, StreamBuilder builder, string name = "readings", int count = 30) =>
        builder.From(world.Source(Reading.Splits(count, Bound)), name)
            .Select(reading =>
            {
                world.MayFail("a selector");
                return reading;
            })
            .WithEventTime(
                static reading => reading.Time, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(Bound)))
            .Named(name + "-time");

    /// <summary>Tries a pipeline with as many seeds as the run asks for.</summary>
    public static SimulationReport Check(
        Action<SimulationWorld, StreamBuilder> write, SimulationOptions? options = null)
    {
        SimulationReport report = JobSimulation.Check(
            world =>
            {
                var builder = StreamBuilder.Create("simulated");
                write(world, builder);
                return builder;
            },
            (options ?? new SimulationOptions { Seeds = Seeds.Count }) with { Configure = Configure(options) });
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        return report;
    }

    private static Func<CheckpointOptions, CheckpointOptions> Configure(SimulationOptions? options) => checkpoints =>
    {
        CheckpointOptions own = checkpoints with { Types = new StateTypes().Use(new ReadingSerializer()) };
        return options?.Configure?.Invoke(own) ?? own;
    };

    private sealed class ReadingSerializer : StateSerializer<Reading>
    {
        public override string Schema => "reading";

        public override void Write(ref StateWriter writer, in Reading value)
        {
            writer.Write(value.At);
            writer.Write(value.Key);
            writer.Write(value.Value);
        }

        public override Reading Read(ref StateReader reader) =>
            new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
    }
}
