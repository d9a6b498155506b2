using StreamKit.Workloads.CommandLine;
using StreamKit.Workloads.Engines;
using StreamKit.Workloads.Measuring;

namespace StreamKit.Workloads;

/// <summary>Measures the engines on the workloads that the command line asks for.</summary>
internal sealed class WorkloadRunner(
    IReadOnlyList<IEngine> engines, TimeProvider clock, TextWriter output, TextWriter errors)
{
    public const int AllIsWell = 0;
    public const int NotGoodEnough = 1;
    public const int BadCommandLine = 2;

    /// <summary>Runs to the end and returns the exit code.</summary>
    /// <exception cref="UsageException">No engine can run what is asked for.</exception>
    public async Task<int> RunAsync(Arguments arguments)
    {
        string[] names = Choose(arguments);
        var meter = new Meter(clock, arguments.Repetitions, Meter.WarmUp);
        IReport report = arguments.Json ? new JsonReport(output) : new TableReport(output);
        int exitCode = AllIsWell;
        foreach (string name in names)
        {
            Workload? workload = null;
            foreach (IEngine engine in engines.Where(e => e.Supports(name, arguments.Options)))
            {
                int events = Math.Min(arguments.Events, engine.MostEvents(name));
                workload = workload?.Events == events ? workload : WorkloadCatalog.Create(name, events);
                Measurement measurement = await MeasureAsync(meter, workload, engine, arguments);
                report.Add(measurement);
                foreach (string complaint in Gate.Complaints(measurement, isGate: arguments.Short))
                {
                    errors.WriteLine(complaint);
                    exitCode = NotGoodEnough;
                }
            }
        }

        return exitCode;
    }

    // A neighbour on the machine can take a whole measurement, but hardly the next one as well.
    private static async Task<Measurement> MeasureAsync(
        Meter meter, Workload workload, IEngine engine, Arguments arguments)
    {
        Measurement measurement = await meter.MeasureAsync(workload, engine, arguments.Options);
        return arguments.Short && !measurement.IsFastEnough
            ? await meter.MeasureAsync(workload, engine, arguments.Options)
            : measurement;
    }

    // A workload that was named and that nobody can run is an error: a gate that measured nothing must not pass.
    private string[] Choose(Arguments arguments)
    {
        bool CanRun(string name) => engines.Any(engine => engine.Supports(name, arguments.Options));

        string[] missing = [.. arguments.Workloads.Where(name => !CanRun(name))];
        if (missing.Length > 0)
        {
            throw new UsageException($"no engine here runs {string.Join(", ", missing)} with {Describe(arguments)}");
        }

        IReadOnlyList<string> wanted = arguments.Workloads.Count > 0 ? arguments.Workloads : WorkloadCatalog.Names;
        string[] names = [.. wanted.Where(CanRun)];
        return names.Length > 0 ? names : throw new UsageException($"no engine here runs with {Describe(arguments)}");
    }

    private string Describe(Arguments arguments)
    {
        string lanes = arguments.Options.Lanes == 1 ? "1 lane" : $"{arguments.Options.Lanes} lanes";
        string known = engines.Count == 0 ? "none" : string.Join(", ", engines.Select(engine => engine.Name));
        string hint = arguments.Peers ? "" : "; --peers adds more";
        return $"{lanes} (engines: {known}{hint})";
    }
}
