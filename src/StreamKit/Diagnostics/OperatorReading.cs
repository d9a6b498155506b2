namespace StreamKit.Diagnostics;

/// <summary>The counters of one subtask of an operator, and how the subtask stands.</summary>
/// <param name="Counters">What the operator counts.</param>
/// <param name="QueueDepth">How many batches and signals wait for the subtask.</param>
/// <param name="Now">Processing time, in ticks since 1970.</param>
/// <param name="BlockedSince">
/// Processing time since which the subtask waits for room or for its sink; <see cref="long.MinValue"/> where it does
/// not.
/// </param>
internal readonly record struct OperatorReading(
    OperatorCounters Counters, int QueueDepth, long Now, long BlockedSince)
{
    /// <summary>How long the subtask has been waiting for room or for its sink.</summary>
    public long BlockedTicks => BlockedSince == long.MinValue ? 0 : Math.Max(0, Now - BlockedSince);

    /// <summary>How far event time lies behind the clock; null where this step does not make it, or not now.</summary>
    public long? LagTicks => Counters.MakesWatermark && Counters.Watermark is var watermark
        && watermark is not (long.MinValue or long.MaxValue)
            ? Now - watermark
            : null;
}
