using StreamKit.Workloads.CommandLine;
using StreamKit.Workloads.Engines;
using StreamKit.Workloads.Hopping;
using StreamKit.Workloads.Memory;
using StreamKit.Workloads.Recovery;
using StreamKit.Workloads.Scaling;

namespace StreamKit.Workloads;

internal static class Program
{
    private static async Task<int> Main(string[] words)
    {
        try
        {
            Arguments arguments = ArgumentParser.Parse(words);
            if (arguments.Help)
            {
                Console.WriteLine(ArgumentParser.Help);
                return WorkloadRunner.AllIsWell;
            }

            if (arguments.Hopping)
            {
                await new HoppingCost(Console.Out, arguments.Events, arguments.Repetitions).RunAsync();
                await new FarJump(Console.Out, arguments.Repetitions).RunAsync();
                return WorkloadRunner.AllIsWell;
            }

            if (arguments.Memory)
            {
                await new MemoryReport(Console.Out, new MemorySizes(), arguments.Options).RunAsync();
                return WorkloadRunner.AllIsWell;
            }

            if (arguments.Scaling)
            {
                await new LaneScaling(Console.Out, arguments.Events, arguments.Repetitions, arguments.Options)
                    .RunAsync();
                await new SkewedKeys(Console.Out, arguments.Events, arguments.Repetitions, arguments.Options)
                    .RunAsync();
                return WorkloadRunner.AllIsWell;
            }

            if (arguments.Checkpoints)
            {
                await new CheckpointCost(Console.Out, arguments.Events, arguments.Repetitions, arguments.Options)
                    .RunAsync();
                await new RestoreCost(Console.Out, arguments.Repetitions, arguments.Options).RunAsync();
                return WorkloadRunner.AllIsWell;
            }

            IReadOnlyList<IEngine> engines =
                arguments.Peers ? [.. EngineCatalog.Own, .. EngineCatalog.Peers] : EngineCatalog.Own;
            return await new WorkloadRunner(engines, TimeProvider.System, Console.Out, Console.Error)
                .RunAsync(arguments);
        }
        catch (UsageException problem)
        {
            Console.Error.WriteLine($"{problem.Message}\n--help shows what can be asked for");
            return WorkloadRunner.BadCommandLine;
        }
    }
}
