using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>How one lane of an operator stands, in an <see cref="OperatorExplanation"/>.</summary>
public sealed class LaneExplanation
{
    internal LaneExplanation(int lane, long watermark) => (Lane, Watermark) = (lane, new Timestamp(watermark));

    /// <summary>Which of the parallel subtasks, from 0.</summary>
    public int Lane { get; }

    /// <summary>The watermark there; <see cref="Timestamp.MinValue"/> while none is known.</summary>
    public Timestamp Watermark { get; }

    /// <summary>When the next window closes that has records; null where none waits.</summary>
    public Timestamp? ClosesAt { get; internal init; }

    /// <summary>The window that closes then; null where none waits, and for sessions.</summary>
    public Window? NextWindow { get; internal init; }

    /// <summary>Batches and signals that wait for the subtask.</summary>
    public int QueueDepth { get; internal init; }

    /// <summary>Since when the subtask waits for room further down; null where it does not.</summary>
    public DateTimeOffset? BlockedSince { get; internal init; }
}
