namespace StreamKit.Workloads.Engines.Programs;

/// <summary>A workload written by hand over dictionaries, for libraries that know no windows.</summary>
/// <remarks>Called by one thread at a time.</remarks>
internal interface IProgram<T>
{
    /// <summary>Takes the next events in the order of arrival.</summary>
    void Add(ReadOnlySpan<T> events);

    /// <summary>Closes what is open; called once, after the last event.</summary>
    Checksum Finish();
}
