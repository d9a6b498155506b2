namespace StreamKit.Checkpointing;

/// <summary>How far a split of a source had been read at a checkpoint.</summary>
/// <param name="Source">The name of the source's step.</param>
/// <param name="Split">The split's name.</param>
/// <param name="Position">Where the next record begins, in the reader's notation; null where nothing was read yet, or
/// where the split has no positions.</param>
/// <param name="HasEnded">Whether the split had ended.</param>
public sealed record SplitPosition(string Source, string Split, string? Position, bool HasEnded);
