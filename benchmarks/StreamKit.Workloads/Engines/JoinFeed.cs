using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines;

/// <summary>The events of W7 as they arrive: left, right, left, right …</summary>
internal sealed class JoinFeed(Event[] left, Event[] right) : Feed<SidedEvent>(left.Length + right.Length)
{
    public override void CopyTo(int start, Span<SidedEvent> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            int arrival = start + i;
            bool isLeft = (arrival & 1) == 0;
            destination[i] = new SidedEvent((isLeft ? left : right)[arrival >> 1], isLeft);
        }
    }
}
