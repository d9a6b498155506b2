namespace StreamKit.Checkpointing;

/// <summary>Where the state of one operator lies in a part.</summary>
public sealed record ManifestOperator
{
    /// <summary>The operator's name.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of operator it is.</summary>
    public required string Kind { get; init; }

    /// <summary>The version of the form that its state was written in.</summary>
    public required int StateVersion { get; init; }

    /// <summary>Where in the part its state begins, in bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>How long its state is.</summary>
    public required long Bytes { get; init; }

    /// <summary>The key groups that are present, in the order in which they lie there; empty for other state.</summary>
    public IReadOnlyList<ManifestKeyGroup> KeyGroups { get; init; } = [];
}
