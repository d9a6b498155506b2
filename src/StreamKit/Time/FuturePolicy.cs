namespace StreamKit.Time;

/// <summary>What happens to a record whose event time lies further in the future than the clock allows.</summary>
/// <remarks>Whatever the policy, such a record never moves the watermark, and it is counted.</remarks>
public enum FuturePolicy
{
    /// <summary>The record goes on with the timestamp that it has.</summary>
    Keep,

    /// <summary>The record goes on with the latest timestamp allowed: the clock plus the skew.</summary>
    Clamp,

    /// <summary>
    /// The record goes to the error policy as a <see cref="FutureTimestampException"/>: fail, skip or dead-letter.
    /// </summary>
    Reject,

    /// <summary>
    /// The record leaves the stream for the second one that <c>WithEventTime(..., out future)</c> gives.
    /// </summary>
    SideOutput,
}
