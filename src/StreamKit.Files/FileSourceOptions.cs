namespace StreamKit.Files;

/// <summary>How files are read.</summary>
public sealed record FileSourceOptions
{
    /// <summary>
    /// Whether the source goes on when it has come to the end of a file: it waits for what is appended,
    /// turns to the new file when the file is replaced (rotation), and starts again at the beginning when it
    /// is truncated. Default: false.
    /// </summary>
    /// <remarks>
    /// Compressed files are read to their end and never followed. With a pattern, files that
    /// appear later become new splits.
    /// </remarks>
    public bool Follow { get; init; }

    /// <summary>How long a follower waits before it looks again. Default: 250 ms; greater than zero.</summary>
    /// <remarks>
    /// The files are asked again and again because change notifications get lost on network drives and in containers.
    /// </remarks>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Whether each file is a split or all are one. Default: <see cref="FileSplits.PerFile"/>.
    /// <see cref="FileSplits.Concatenated"/> cannot be followed, since its order must be known at the start.
    /// </summary>
    public FileSplits Splits { get; init; }

    /// <summary>
    /// The longest record in bytes, without its line end: a line, a CSV row or a MessagePack object. Default: 1 MiB;
    /// from 1 to 1 GiB.
    /// </summary>
    /// <remarks>
    /// It bounds the memory of a split when a file has no line ends, such as a binary file read by mistake. A longer
    /// one goes to the error policy with its first KiB, and reading continues behind it.
    /// </remarks>
    public int MaxLineBytes { get; init; } = 1024 * 1024;

    /// <summary>How many bytes are read at once. Default: 64 KiB; from 16 bytes to 16 MiB.</summary>
    /// <remarks>It also bounds a batch: a read hands over the records of one such portion at most.</remarks>
    public int BufferBytes { get; init; } = 64 * 1024;

    /// <summary>Whether empty lines are passed over in silence. Default: true.</summary>
    /// <remarks>
    /// If false, an empty line is an empty string or goes to the parser, which for JSON is an
    /// error. MessagePack has no lines.
    /// </remarks>
    public bool SkipEmptyLines { get; init; } = true;

    internal FileSourceOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PollInterval, TimeSpan.Zero, nameof(PollInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLineBytes, 1, nameof(MaxLineBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxLineBytes, 1 << 30, nameof(MaxLineBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferBytes, 16, nameof(BufferBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BufferBytes, 1 << 24, nameof(BufferBytes));
        if (!Enum.IsDefined(Splits))
        {
            throw new ArgumentOutOfRangeException(nameof(Splits), Splits, "There is no such division into splits.");
        }

        if (Follow && Splits == FileSplits.Concatenated)
        {
            throw new ArgumentException(
                "Concatenated files cannot be followed: their order must be known at the start. Use PerFile.",
                nameof(Splits));
        }

        return this;
    }
}
