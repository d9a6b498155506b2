using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>Reads the checkpoints of a job from its directory.</summary>
internal class DirectoryReader(JobDirectory directory) : ICheckpointReader
{
    protected JobDirectory Place => directory;

    public async ValueTask<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken)
    {
        var list = new List<StoredCheckpoint>();
        foreach (DirectoryEntry entry in directory.Completed().OrderByDescending(static entry => entry.Id))
        {
            if (await DescribeAsync(entry, cancellationToken).ConfigureAwait(false) is { } stored)
            {
                list.Add(stored);
            }
        }

        return list;
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
        StoredCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        DirectoryEntry entry = FindOrThrow(checkpoint);
        return (await ReadIndexAsync(entry, cancellationToken).ConfigureAwait(false)).Index.Manifest;
    }

    public async ValueTask<ReadOnlySequence<byte>> ReadPartAsync(
        StoredCheckpoint checkpoint, string part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(part);
        DirectoryEntry entry = FindOrThrow(checkpoint);
        (SessionMark session, DirectoryIndex index) =
            await ReadIndexAsync(entry, cancellationToken).ConfigureAwait(false);
        if (!index.Parts.TryGetValue(part, out DirectoryPart expected))
        {
            throw CheckpointNames.HasNoPart(checkpoint, part);
        }

        string path = Path.Combine(entry.Name, FileNames.Of(part) + JobDirectory.PartSuffix);
        ReadOnlySequence<byte> file = await ReadFileAsync(path, entry, cancellationToken).ConfigureAwait(false);
        (FileStamp stamp, ReadOnlySequence<byte> content) = CheckpointFile.Parse(path, file, FileKind.Part);
        if (stamp.Checkpoint != entry.Id || stamp.Session != session)
        {
            throw new CheckpointCorruptException(path, "it belongs to another checkpoint");
        }

        // The file is whole; now it must also be the one that the manifest means.
        return new DirectoryPart(content.Length, Crc32C.Of(content)) == expected
            ? content
            : throw new CheckpointCorruptException(path, "it is another part of this checkpoint");
    }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<StoredCheckpoint?> DescribeAsync(
        DirectoryEntry entry, CancellationToken cancellationToken)
    {
        var stored = new StoredCheckpoint { Id = entry.Id, Savepoint = entry.Savepoint };
        try
        {
            DirectoryIndex index = (await ReadIndexAsync(entry, cancellationToken).ConfigureAwait(false)).Index;
            return stored with { Created = index.Created, Bytes = index.Bytes };
        }
        catch (KeyNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is CheckpointCorruptException or NotSupportedException)
        {
            // Left out, it would look as if it had never been; listed, it is met when it is read, and said.
            return stored with { Damage = exception.Message };
        }
    }

    private DirectoryEntry FindOrThrow(StoredCheckpoint checkpoint) =>
        directory.Find(checkpoint.Id, checkpoint.Savepoint) ?? throw CheckpointNames.IsGone(directory.Job, checkpoint);

    private async ValueTask<(SessionMark Session, DirectoryIndex Index)> ReadIndexAsync(
        DirectoryEntry entry, CancellationToken cancellationToken)
    {
        string path = Path.Combine(entry.Name, JobDirectory.ManifestName);
        ReadOnlySequence<byte> file = await ReadFileAsync(path, entry, cancellationToken).ConfigureAwait(false);
        (FileStamp stamp, ReadOnlySequence<byte> content) = CheckpointFile.Parse(path, file, FileKind.Manifest);
        return stamp.Checkpoint == entry.Id
            ? (stamp.Session, DirectoryIndex.Decode(path, content))
            : throw new CheckpointCorruptException(path, "it belongs to another checkpoint");
    }

    private async ValueTask<ReadOnlySequence<byte>> ReadFileAsync(
        string path, DirectoryEntry entry, CancellationToken cancellationToken)
    {
        ReadOnlySequence<byte>? read = await directory.Files
            .ReadAsync(directory.PathOf(path), cancellationToken)
            .ConfigureAwait(false);
        if (read is { } file)
        {
            return file;
        }

        // A checkpoint goes as a whole; where only a file is missing, somebody took it away.
        throw directory.Files.DirectoryExists(directory.PathOf(entry.Name))
            ? new CheckpointCorruptException(path, "the file is missing")
            : CheckpointNames.IsGone(
                directory.Job, new StoredCheckpoint { Id = entry.Id, Savepoint = entry.Savepoint });
    }
}
