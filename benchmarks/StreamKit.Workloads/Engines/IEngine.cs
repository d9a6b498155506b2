namespace StreamKit.Workloads.Engines;

/// <summary>Something that computes workloads and is measured beside their floors.</summary>
internal interface IEngine
{
    /// <summary>What the reports call it.</summary>
    string Name { get; }

    /// <summary>Whether it can compute this workload with these options; it is not asked to run otherwise.</summary>
    bool Supports(string workload, RunOptions options);

    /// <summary>How many events it is given at most, so that one run of a slow engine takes some seconds.</summary>
    /// <remarks>The floor beside it gets as many, and the report says how many they were. Default: no limit.</remarks>
    int MostEvents(string workload) => int.MaxValue;

    /// <summary>Brings the input to where the engine wants it; called once before the runs and not timed.</summary>
    /// <remarks>Only for what works on data at rest. Default: nothing.</remarks>
    Task PrepareAsync(Workload workload, RunOptions options) => Task.CompletedTask;

    /// <summary>Computes the workload from the first event to the last result row.</summary>
    /// <remarks>Called several times; each run starts from nothing and leaves nothing running. Each result row is added
    /// to the checksum once, in any order, with the numbers that the documentation of the floor names.</remarks>
    Task<Checksum> RunAsync(Workload workload, RunOptions options);
}
