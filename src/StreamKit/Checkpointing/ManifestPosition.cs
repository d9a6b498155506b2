namespace StreamKit.Checkpointing;

/// <summary>Where a split of a source had been read to.</summary>
public sealed record ManifestPosition
{
    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>
    /// Where the next record begins, in the split's own notation; null where nothing was read or the split has no
    /// positions.
    /// </summary>
    public string? Position { get; init; }

    /// <summary>Whether the split had ended.</summary>
    public bool Ended { get; init; }
}
