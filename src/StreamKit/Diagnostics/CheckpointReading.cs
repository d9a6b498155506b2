namespace StreamKit.Diagnostics;

/// <summary>What is counted of a job's checkpoints, as it is now.</summary>
/// <param name="Completed">How many have been completed.</param>
/// <param name="Failed">How many were given up.</param>
/// <param name="Restarts">How often the job was started again.</param>
/// <param name="LastSeconds">How long the last one took; null while there is none.</param>
/// <param name="LastBytes">How large the last one is; null while there is none.</param>
internal sealed record CheckpointReading(
    long Completed, long Failed, long Restarts, double? LastSeconds, long? LastBytes);
