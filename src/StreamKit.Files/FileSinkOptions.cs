using System.IO.Compression;

namespace StreamKit.Files;

/// <summary>How files are written.</summary>
public sealed record FileSinkOptions
{
    /// <summary>
    /// What to do when the file exists. Default: <see cref="ExistingFile.Append"/>, because a job that
    /// restarts opens its sinks again: replacing would lose what was written before the last checkpoint,
    /// refusing would prevent the restart.
    /// </summary>
    public ExistingFile IfExists { get; init; }

    /// <summary>
    /// How many bytes a file holds at most before the next one is begun, counted before compression. Default: null, no
    /// limit; greater than zero. A record is never divided, so one that is longer has a file of its own.
    /// </summary>
    public long? RollBytes { get; init; }

    /// <summary>
    /// How often a new file is begun, by the clock of the job, at multiples of this span since 1970-01-01T00:00Z.
    /// Default: null, never; greater than zero.
    /// </summary>
    /// <remarks>
    /// By the clock and not by event time, so that a file whose span is over is complete, however late a record comes.
    /// What belongs together by event time is for a window to decide. The clock is read once for each batch; no empty
    /// file is begun.
    /// </remarks>
    public TimeSpan? RollEvery { get; init; }

    /// <summary>
    /// Whether a flush also waits until the device has the bytes (fsync), so that they outlive a crash of the machine
    /// and not only of the process. Default: false, because it takes milliseconds each time.
    /// </summary>
    public bool Durable { get; init; }

    /// <summary>
    /// Whether, in a job that takes checkpoints, records become visible with the checkpoint that holds them, so that
    /// each is there exactly once whatever fails. Default: false; needs numbered names, as rolling does.
    /// </summary>
    /// <remarks>
    /// Each checkpoint ends the file, and a file appears under its name when it is complete and on the disk: readers
    /// see no half of one. Until then it lies in a hidden folder beside the others, whose name ends in ".pending" and
    /// which also remembers how far was written: keep it with the files. A job that takes no checkpoints writes as
    /// without this option.
    /// </remarks>
    public bool ExactlyOnce { get; init; }

    /// <summary>How many bytes are gathered before they are written. Default: 64 KiB; from 1 byte to 16 MiB.</summary>
    public int BufferBytes { get; init; } = 64 * 1024;

    /// <summary>How hard files ending in .gz are compressed. Default: <see cref="CompressionLevel.Optimal"/>.</summary>
    public CompressionLevel Compression { get; init; } = CompressionLevel.Optimal;

    internal bool Rolls => RollBytes is not null || RollEvery is not null;

    internal FileSinkOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferBytes, 1, nameof(BufferBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BufferBytes, 1 << 24, nameof(BufferBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(RollBytes ?? 1, 1, nameof(RollBytes));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(
            RollEvery ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(RollEvery));
        if (!Enum.IsDefined(IfExists))
        {
            throw new ArgumentOutOfRangeException(
                nameof(IfExists), IfExists, "There is no such treatment of existing files.");
        }

        if (ExactlyOnce && IfExists == ExistingFile.Overwrite)
        {
            throw new ArgumentException(
                "Files that hold each record exactly once are never overwritten: a job that goes on would replace what "
                + "it has written before. Choose Append or Fail.",
                nameof(IfExists));
        }

        return this;
    }
}
