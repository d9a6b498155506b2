namespace StreamKit.Checkpointing;

/// <summary>The place of one job in memory. Whoever reads or changes it holds its lock.</summary>
internal sealed class MemoryPlace(string job)
{
    public string Job { get; } = job;

    public Lock Lock { get; } = new();

    /// <summary>The session that may write.</summary>
    public MemorySession? Owner { get; set; }

    /// <summary>By number and name of savepoint.</summary>
    public Dictionary<(long, string?), MemoryCheckpoint> Completed { get; } = [];

    public MemoryCheckpoint Find(StoredCheckpoint checkpoint) =>
        Completed.TryGetValue((checkpoint.Id, checkpoint.Savepoint), out MemoryCheckpoint? found)
            ? found
            : throw CheckpointNames.IsGone(Job, checkpoint);
}
