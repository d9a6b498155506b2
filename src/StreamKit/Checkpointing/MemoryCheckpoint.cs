namespace StreamKit.Checkpointing;

/// <summary>A completed checkpoint in memory.</summary>
internal sealed record MemoryCheckpoint(
    StoredCheckpoint Stored, byte[] Manifest, IReadOnlyDictionary<string, byte[]> Parts);
