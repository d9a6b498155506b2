namespace StreamKit.Workloads;

/// <summary>A workload over one array: W1, W3, W4, W5 of events, W2 of text events, W6 of tweets.</summary>
internal sealed class SingleInputWorkload<T>(
    string name, T[] input, Func<T[], int, Checksum> floor, AllocationBound allocationBound, double leastRatio)
    : Workload(name, input.Length, allocationBound, leastRatio)
{
    /// <summary>In the order of arrival; every engine and the floor share it, so nobody may write to it.</summary>
    public T[] Input { get; } = input;

    public override Checksum RunFloor() => floor(Input, Input.Length);
}
