namespace StreamKit.Checkpointing;

/// <summary>What the content of a part's file must be.</summary>
internal readonly record struct DirectoryPart(long Bytes, uint Checksum);
