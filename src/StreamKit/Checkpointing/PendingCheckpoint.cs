namespace StreamKit.Checkpointing;

/// <summary>A checkpoint that a session is making. Whoever reads or changes it holds the session's lock.</summary>
internal sealed class PendingCheckpoint(string name)
{
    /// <summary>Its directory.</summary>
    public string Name { get; } = name;

    /// <summary>The parts that are written; null for one that is being written.</summary>
    public Dictionary<string, DirectoryPart?> Parts { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it was abandoned while a part was being written, which then clears it away.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>What it becomes, once its renaming was tried; whether that has happened may be unknown.</summary>
    public StoredCheckpoint? Outcome { get; set; }

    public bool IsBeingWritten => Parts.ContainsValue(null);
}
