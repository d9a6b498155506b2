using StreamKit.Workloads.Data;
using StreamKit.Workloads.Floors;

namespace StreamKit.Workloads;

/// <summary>W7: two inputs of equal length that arrive left, right, left, right …</summary>
internal sealed class JoinWorkload(
    string name, Event[] left, Event[] right, AllocationBound allocationBound, double leastRatio)
    : Workload(name, left.Length + right.Length, allocationBound, leastRatio)
{
    public Event[] Left { get; } = left;

    public Event[] Right { get; } = right;

    public override Checksum RunFloor() => W7Floor.Run(Left, Right, Left.Length);
}
