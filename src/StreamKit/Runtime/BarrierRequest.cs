namespace StreamKit.Runtime;

/// <summary>What the coordinator asks of a source.</summary>
/// <param name="Checkpoint">The checkpoint whose barrier is to be sent.</param>
/// <param name="IsLast">Whether nothing is to be read after it.</param>
internal sealed record BarrierRequest(long Checkpoint, bool IsLast);
