using System.Buffers;
using System.Globalization;

namespace StreamKit.Checkpointing;

/// <summary>What one subtask stored in a checkpoint.</summary>
public sealed record ManifestPart
{
    /// <summary>The name that the part was written under.</summary>
    public required string Name { get; init; }

    /// <summary>The stage of the pipeline that the subtask belongs to.</summary>
    public required string Stage { get; init; }

    /// <summary>The subtask's lane, from 0.</summary>
    public required int Lane { get; init; }

    /// <summary>How many lanes the stage had.</summary>
    public required int Lanes { get; init; }

    /// <summary>The length of the part's content.</summary>
    public required long Bytes { get; init; }

    /// <summary>The CRC-32C of the part's content.</summary>
    public required uint Checksum { get; init; }

    /// <summary>Whether the subtask had finished: it takes and gives nothing any more.</summary>
    public bool Finished { get; init; }

    /// <summary>The operators whose state is in the part, in the order in which it lies there.</summary>
    public IReadOnlyList<ManifestOperator> Operators { get; init; } = [];

    /// <summary>Where the splits of the subtask's source had been read to.</summary>
    public IReadOnlyList<ManifestPosition> Positions { get; init; } = [];

    /// <summary>What the subtask's sinks had prepared.</summary>
    public IReadOnlyList<ManifestEpoch> Epochs { get; init; } = [];

    /// <summary>
    /// Throws when content is not the one that this part was made with, whatever the store that gave it promises.
    /// </summary>
    internal void Verify(in ReadOnlySequence<byte> content)
    {
        if (content.Length != Bytes)
        {
            throw new CheckpointCorruptException(
                Name,
                string.Create(
                    CultureInfo.InvariantCulture, $"it has {content.Length} bytes, and {Bytes} were written"));
        }

        if (Crc32C.Of(content) != Checksum)
        {
            throw new CheckpointCorruptException(Name, "its checksum is not that of what was written");
        }
    }
}
