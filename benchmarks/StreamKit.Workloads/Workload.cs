namespace StreamKit.Workloads;

/// <summary>A named task with its input, its hand-written floor and what an engine may allocate for it.</summary>
internal abstract class Workload(string name, int events, AllocationBound allocationBound)
{
    /// <summary>"W1" to "W7".</summary>
    public string Name { get; } = name;

    /// <summary>How many events the input holds, both sides of a join together.</summary>
    public int Events { get; } = events;

    public AllocationBound AllocationBound { get; } = allocationBound;

    /// <summary>Runs the floor over the whole input, on the calling thread.</summary>
    public abstract Checksum RunFloor();
}
