namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>What a checkpoint's row says of a part.</summary>
internal readonly record struct StoredPart(long Bytes, long Checksum);
