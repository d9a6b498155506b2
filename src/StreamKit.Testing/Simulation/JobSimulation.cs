namespace StreamKit.Testing.Simulation;

/// <summary>
/// Runs whole jobs on one thread in simulated time, with an order of steps, delays, failures, kills and restarts that a
/// seed chooses, and checks that the results are those of an undisturbed run.
/// </summary>
/// <remarks>
/// <para>
/// A run begins a process with the pipeline, some number of lanes and a checkpoint store. At every step, which is what
/// a task does between two awaits, the simulation chooses who goes on, and now and then kills the process, stops it
/// with a savepoint, lets the store, a source or a sink fail, or lets an answer get lost. A process that died is
/// followed by another, perhaps with other lanes, until the job has ended. Then every exactly-once sink must hold what
/// an undisturbed run gave it, no record more or less; every appending sink at least that; and every upserting sink the
/// same last records.
/// </para>
/// <para>
/// That holds for pipelines whose results do not depend on the order in which splits are read: with event time, and no
/// record later than the bound of its watermarks. It needs sources that can be read again, which
/// <see cref="SimulationWorld.Source"/> gives. Code of the pipeline must not wait for anything outside of the world.
/// </para>
/// <para>
/// After FoundationDB's simulation ("Testing Distributed Systems w/ Deterministic Simulation", W. Wilson, Strange Loop
/// 2014): the same code that runs in production, with everything that is not deterministic taken out of it.
/// </para>
/// </remarks>
public static class JobSimulation
{
    /// <summary>Tries the seeds of the options, and throws at the first whose run ends with wrong results.</summary>
    /// <param name="build">
    /// Writes the pipeline down, with sources and sinks of the world; called once for each process, so it must not keep
    /// anything between calls. Everything that remembers needs a name.
    /// </param>
    /// <param name="options">What is tried; null: the defaults.</param>
    /// <returns>What was tried.</returns>
    /// <exception cref="SimulationException">A run ended with wrong results, or not at all.</exception>
    /// <example>
    /// <code>
    /// JobSimulation.Check(world =>
    /// {
    ///     var builder = StreamBuilder.Create("counts");
    ///     builder.From(world.Source(clicks), "clicks")
    ///         .WithEventTime(click => click.Time, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
    ///         .Named("time")
    ///         .KeyBy(click => click.Page)
    ///         .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    ///         .Count().Named("counts")
    ///         .To(world.ExactlyOnce&lt;WindowResult&lt;string, long>>("counts"), "out");
    ///     return builder;
    /// });
    /// </code>
    /// </example>
    public static SimulationReport Check(
        Func<SimulationWorld, StreamBuilder> build, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        options ??= new SimulationOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Seeds, nameof(options));
        ArgumentOutOfRangeException.ThrowIfZero(options.Lanes.Count, nameof(options));
        SimulationWorld undisturbed = SimulatedRun.Undisturbed(build, options);
        var report = new SimulationReport();
        for (int i = 0; i < options.Seeds; i++)
        {
            int seed = unchecked(options.FirstSeed + i);
            var run = new SimulatedRun(build, options, seed, undisturbed, new HashSet<int>());
            if (run.Run() is { } violation)
            {
                throw options.Shrinks
                    ? Shrink(build, options, seed, undisturbed, run, violation)
                    : run.Failure(violation);
            }

            report = report.Plus(run.Report);
        }

        return report;
    }

    // Leaves out one fault after the other as long as the run still fails; what is left is what it takes.
    private static SimulationException Shrink(
        Func<SimulationWorld, StreamBuilder> build,
        SimulationOptions options,
        int seed,
        SimulationWorld undisturbed,
        SimulatedRun failing,
        string violation)
    {
        var leftOut = new HashSet<int>();
        bool smaller = true;
        while (smaller)
        {
            smaller = false;
            foreach ((int place, _) in failing.Faults)
            {
                var without = new HashSet<int>(leftOut) { place };
                var run = new SimulatedRun(build, options, seed, undisturbed, without);
                if (run.Run() is { } still && run.Faults.Count < failing.Faults.Count)
                {
                    (leftOut, failing, violation, smaller) = (without, run, still, true);
                    break;
                }
            }
        }

        return failing.Failure(violation);
    }
}
