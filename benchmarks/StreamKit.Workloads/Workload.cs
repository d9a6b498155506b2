namespace StreamKit.Workloads;

/// <summary>A named task with its input, its hand-written floor and what is expected of an engine.</summary>
internal abstract class Workload(string name, int events, AllocationBound allocationBound, double leastRatio)
{
    /// <summary>"W1" to "W7".</summary>
    public string Name { get; } = name;

    /// <summary>How many events the input holds, both sides of a join together.</summary>
    public int Events { get; } = events;

    public AllocationBound AllocationBound { get; } = allocationBound;

    /// <summary>The least ratio to the floor that the gate lets pass.</summary>
    public double LeastRatio { get; } = leastRatio;

    /// <summary>Runs the floor over the whole input, on the calling thread.</summary>
    public abstract Checksum RunFloor();
}
