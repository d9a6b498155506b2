namespace StreamKit.Workloads.Engines;

/// <summary>Something that computes workloads and is measured beside their floors.</summary>
internal interface IEngine
{
    /// <summary>What the reports call it.</summary>
    string Name { get; }

    /// <summary>Whether it can compute this workload with these options; it is not asked to run otherwise.</summary>
    bool Supports(string workload, RunOptions options);

    /// <summary>Computes the workload from the first event to the last result row.</summary>
    /// <remarks>Called several times; each run starts from nothing and leaves nothing running. Each result row is added
    /// to the checksum once, in any order, with the numbers that the documentation of the floor names.</remarks>
    Task<Checksum> RunAsync(Workload workload, RunOptions options);
}
