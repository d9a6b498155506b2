using StreamKit.Checkpointing;

namespace StreamKit;

/// <summary>What a stored checkpoint holds, without knowing the types of the pipeline's state.</summary>
public sealed record CheckpointDescription
{
    internal CheckpointDescription(StoredCheckpoint stored, CheckpointManifest manifest, TimeSpan age)
    {
        (Checkpoint, Manifest, Age) = (stored, manifest, age);
        Operators =
        [
            .. manifest.Parts
                .SelectMany(static part => part.Operators)
                .GroupBy(static item => (item.Name, item.Kind))
                .Select(static lanes => new CheckpointedOperator([.. lanes])),
        ];
        Positions = [.. manifest.Parts.SelectMany(static part => part.Positions)];
        Epochs = [.. manifest.Parts.SelectMany(static part => part.Epochs)];
    }

    /// <summary>What the store says of it.</summary>
    public StoredCheckpoint Checkpoint { get; }

    /// <summary>What it says of itself.</summary>
    public CheckpointManifest Manifest { get; }

    /// <summary>How long ago it was completed.</summary>
    public TimeSpan Age { get; }

    /// <summary>The operators with state, each with the sum of its lanes.</summary>
    public IReadOnlyList<CheckpointedOperator> Operators { get; }

    /// <summary>Where the splits of all sources had been read to.</summary>
    public IReadOnlyList<ManifestPosition> Positions { get; }

    /// <summary>What all sinks had prepared.</summary>
    public IReadOnlyList<ManifestEpoch> Epochs { get; }

    /// <summary>The description in words, on several lines.</summary>
    public override string ToString() => CheckpointText.Of(this);
}
