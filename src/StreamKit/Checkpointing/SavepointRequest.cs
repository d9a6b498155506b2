namespace StreamKit.Checkpointing;

/// <summary>A checkpoint that is to be begun.</summary>
/// <param name="Name">The savepoint's name; null where it is a checkpoint.</param>
/// <param name="IsLast">Whether the job stops with it.</param>
/// <param name="Asked">Who waits for it; null where nobody does.</param>
internal sealed record SavepointRequest(string? Name, bool IsLast, TaskCompletionSource<StoredCheckpoint>? Asked);
