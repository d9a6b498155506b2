using StreamKit.Time;

namespace StreamKit.Connectors;

/// <summary>How far one split of a source had come in a checkpoint.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Position">
/// Where the record after the last one in the checkpoint begins, as the reader says; null where it has said nothing.
/// </param>
/// <param name="Watermark">
/// How far event time had come there: no later record of the split has a smaller timestamp.
/// <see cref="Timestamp.MinValue"/> where that is not known.
/// </param>
public sealed record SplitPosition(string Split, string? Position, Timestamp Watermark);
