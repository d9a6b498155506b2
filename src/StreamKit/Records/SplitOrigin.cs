namespace StreamKit.Records;

/// <summary>Where a split comes from, as its source knows it; travels with the start of the split.</summary>
internal class SplitOrigin(string source, string split)
{
    /// <summary>The name of the source's step.</summary>
    public string Source { get; } = source;

    /// <summary>The split's name.</summary>
    public string Split { get; } = split;

    /// <summary>
    /// How far the split had come when it was read before; <see cref="long.MinValue"/> where that is not known.
    /// </summary>
    public long StoredWatermark { get; init; } = long.MinValue;
}
