using StreamKit.Workloads.Engines;

namespace StreamKit.Workloads.Measuring;

/// <summary>Measures an engine beside the floor: floor, engine, floor, engine … in this process.</summary>
/// <remarks>A shared machine is faster in one minute than in the next; two runs that follow each other see the same
/// machine, so their ratio says more than either speed.</remarks>
internal sealed class Meter(TimeProvider clock, int repetitions, TimeSpan warmUp)
{
    // The runtime optimises a method some 100 ms after its thirtieth call, twice when it profiles in between, and later
    // while other methods are still new; on two busy cores a whole engine has settled after some seconds.
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public async Task<Measurement> MeasureAsync(Workload workload, IEngine engine, RunOptions options)
    {
        Checksum expected = await WarmUpAsync(() => Task.FromResult(workload.RunFloor()));
        await engine.PrepareAsync(workload, options);
        await WarmUpAsync(() => engine.RunAsync(workload, options));

        var floor = new Sample[repetitions];
        var runs = new Sample[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            floor[i] = await RunAsync(() => Task.FromResult(workload.RunFloor()));
            runs[i] = await RunAsync(workload, engine, options);
            if (floor[i].Checksum != expected)
            {
                throw new InvalidOperationException(
                    $"the floor of {workload.Name} gave {expected}, then {floor[i].Checksum}: its input was changed");
            }
        }

        Sample? different = runs.Where(run => run.Checksum != expected).Cast<Sample?>().FirstOrDefault();
        return new Measurement
        {
            Workload = workload.Name,
            Engine = engine.Name,
            Events = workload.Events,
            MillionEventsPerSecond = Median.Of(runs.Select(run => Speed(workload, run))),
            FloorMillionEventsPerSecond = Median.Of(floor.Select(run => Speed(workload, run))),
            RatioToFloor = Median.Of(floor.Zip(runs, (f, r) => f.Elapsed / r.Elapsed)),
            BytesPerEvent = Median.Of(runs.Select(run => (double)run.AllocatedBytes / workload.Events)),
            BytesPerEventLimit = workload.AllocationBound.LimitFor(workload.Events, options.Lanes),
            LeastRatio = workload.LeastRatio,
            Checksum = different?.Checksum ?? expected,
            ChecksumEqualsFloor = different is null,
            Repetitions = repetitions,
            Options = options,
        };
    }

    private static double Speed(Workload workload, Sample run) => workload.Events / run.Elapsed.TotalMicroseconds;

    private async Task<Checksum> WarmUpAsync(Func<Task<Checksum>> run)
    {
        long start = clock.GetTimestamp();
        Checksum checksum;
        do
        {
            checksum = await run();
        }
        while (clock.GetElapsedTime(start) < warmUp);

        return checksum;
    }

    private async Task<Sample> RunAsync(Workload workload, IEngine engine, RunOptions options)
    {
        if (engine is not IBatchEngine batchEngine)
        {
            return await RunAsync(() => engine.RunAsync(workload, options));
        }

        Sample computed = await RunAsync(async () =>
        {
            await batchEngine.ComputeAsync(workload, options);
            return default;
        });
        return computed with { Checksum = await batchEngine.ReadAsync(workload) };
    }

    private async Task<Sample> RunAsync(Func<Task<Checksum>> run)
    {
        // What the run before left behind is not for this one to clear away.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = clock.GetTimestamp();
        Checksum checksum = await run();
        TimeSpan elapsed = clock.GetElapsedTime(start);
        return new Sample(elapsed, GC.GetTotalAllocatedBytes(precise: true) - allocated, checksum);
    }
}
