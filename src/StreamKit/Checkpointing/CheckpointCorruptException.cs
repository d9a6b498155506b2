namespace StreamKit.Checkpointing;

/// <summary>What a store holds is not what was written there.</summary>
public sealed class CheckpointCorruptException : Exception
{
    /// <summary>Says what is damaged and how that shows.</summary>
    /// <param name="file">The file, row or key that is damaged.</param>
    /// <param name="reason">How that shows, as a sentence without a full stop.</param>
    /// <param name="inner">The exception that showed it; null: none.</param>
    public CheckpointCorruptException(string file, string reason, Exception? inner = null)
        : base($"'{file}' is damaged: {reason}. An earlier checkpoint may be whole.", inner) =>
        (File, Reason) = (file, reason);

    /// <summary>The file, row or key that is damaged.</summary>
    public string File { get; }

    /// <summary>How that shows.</summary>
    public string Reason { get; }
}
