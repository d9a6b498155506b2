using System.Security.Cryptography;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>A checkpoint that a session is making.</summary>
internal sealed class PendingCheckpoint
{
    /// <summary>
    /// Drawn at random, and the name of its chunks: whatever becomes of it, it never touches those of a checkpoint that
    /// is complete.
    /// </summary>
    public long Attempt { get; } = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>The parts; null for one that is being written.</summary>
    public Dictionary<string, StoredPart?> Parts { get; } = new(StringComparer.Ordinal);

    /// <summary>What it becomes, once completing was tried: whether that came through may be in doubt.</summary>
    public StoredRow? Outcome { get; set; }

    public bool IsAbandoned { get; set; }

    public bool IsBeingWritten => Parts.Values.Any(static part => part is null);
}
