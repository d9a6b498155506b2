namespace StreamKit.Workloads.Engines;

/// <summary>An engine whose results stay inside it: computing is timed, reading them out is not.</summary>
internal interface IBatchEngine : IEngine
{
    /// <summary>Computes all result rows of the workload that was prepared and keeps them.</summary>
    Task ComputeAsync(Workload workload, RunOptions options);

    /// <summary>Reads the rows of the last computation.</summary>
    Task<Checksum> ReadAsync(Workload workload);
}
