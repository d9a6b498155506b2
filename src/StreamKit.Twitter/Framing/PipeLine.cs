using System.Buffers;

namespace StreamKit.Twitter.Framing;

/// <summary>A line that was taken out of a pipe.</summary>
internal readonly struct PipeLine
{
    internal required LinePosition Start { get; init; }

    /// <summary>
    /// The bytes without the line end, valid until more is read; of an over-long line only the beginning.
    /// </summary>
    internal required ReadOnlySequence<byte> Content { get; init; }

    /// <summary>How long the whole line is, without its line end.</summary>
    internal required long Length { get; init; }

    internal required bool IsOverLong { get; init; }

    /// <summary>Whether a line end stands behind it; what has none is the last, and may have been cut off.</summary>
    internal required bool HasLineEnd { get; init; }
}
