namespace StreamKit.Checkpointing;

/// <summary>What a checkpoint holds, readable without knowing the types of the pipeline's state.</summary>
public sealed record CheckpointManifest
{
    /// <summary>The job's name.</summary>
    public required string Job { get; init; }

    /// <summary>The checkpoint's number.</summary>
    public required long Id { get; init; }

    /// <summary>The name of a savepoint; null for a checkpoint.</summary>
    public string? Savepoint { get; init; }

    /// <summary>When the job began to take it, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of StreamKit that took it.</summary>
    public required string StreamKitVersion { get; init; }

    /// <summary>The seed of the keys' hashes, which decides in which group a key is.</summary>
    public required ulong HashSeed { get; init; }

    /// <summary>How many key groups there are.</summary>
    public required int KeyGroupCount { get; init; }

    /// <summary>The rules of the time zones that the state depends on; empty where it depends on none.</summary>
    public string TimeZoneRules { get; init; } = string.Empty;

    /// <summary>What each subtask stored.</summary>
    public IReadOnlyList<ManifestPart> Parts { get; init; } = [];
}
