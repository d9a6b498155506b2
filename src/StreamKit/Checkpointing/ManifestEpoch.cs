namespace StreamKit.Checkpointing;

/// <summary>What a sink had prepared, to be made visible once the checkpoint is complete.</summary>
public sealed record ManifestEpoch
{
    /// <summary>The sink's name.</summary>
    public required string Sink { get; init; }

    /// <summary>The number of what it prepared.</summary>
    public required long Epoch { get; init; }
}
