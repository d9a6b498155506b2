using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>One split as its event-time step knows it.</summary>
internal sealed class EventTimeSplit<T>(int input, SplitWatermark<T> generator, SplitStatus status)
{
    /// <summary>Its number among the inputs of the merge.</summary>
    public int Input { get; } = input;

    public SplitWatermark<T> Generator { get; } = generator;

    public SplitStatus Status { get; } = status;

    /// <summary>Its place in the group that keeps splits together; null where there is none.</summary>
    public AlignedSplit? Aligned { get; init; }

    /// <summary>Where the source finds how far the split has come; null where it does not look.</summary>
    public WatermarkCell? Told { get; init; }

    /// <summary>The reading of the listening clock when records last came, or the split did.</summary>
    public long LastHeard { get; set; }

    /// <summary>The reading of the listening clock when the split was held; null: it is not.</summary>
    public long? HeldAt { get; set; }
}
