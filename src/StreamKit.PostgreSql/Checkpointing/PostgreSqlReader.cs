using System.Buffers;
using StreamKit.Checkpointing;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>Reads the checkpoints of a job.</summary>
internal class PostgreSqlReader(JobPlace place) : ICheckpointReader
{
    protected JobPlace Place => place;

    public async ValueTask<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await place.ListAsync(cancellationToken).ConfigureAwait(false)).Select(Describe)];

    public async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
        StoredCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        (_, byte[] manifest) = await place
            .FindAsync(checkpoint, withManifest: true, cancellationToken)
            .ConfigureAwait(false);
        return manifest;
    }

    public async ValueTask<ReadOnlySequence<byte>> ReadPartAsync(
        StoredCheckpoint checkpoint, string part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(part);
        (StoredRow row, _) = await place
            .FindAsync(checkpoint, withManifest: false, cancellationToken)
            .ConfigureAwait(false);
        if (row.FindPart(part) is not { } expected)
        {
            throw new KeyNotFoundException($"There is no part '{part}' in {checkpoint}.");
        }

        List<byte[]> chunks = await place
            .ReadChunksAsync(row, part, cancellationToken)
            .ConfigureAwait(false);
        ReadOnlySequence<byte> content = Pieces.Join(chunks);
        if (content.Length == expected.Bytes && Checksum.Of(content) == expected.Checksum)
        {
            return content;
        }

        // A checkpoint goes as a whole: where it is there still, somebody changed its rows.
        await place.FindAsync(checkpoint, withManifest: false, cancellationToken).ConfigureAwait(false);
        throw new CheckpointCorruptException(
            $"part '{part}' of {row.NameIn(place.Job)}",
            content.Length == expected.Bytes
                ? "its rows are not what was written"
                : $"its rows hold {content.Length} bytes, and {expected.Bytes} were written");
    }

    public virtual ValueTask DisposeAsync() => place.DisposeAsync();

    private StoredCheckpoint Describe(StoredRow row)
    {
        try
        {
            row.Check(place.Job);
            return row.Stored;
        }
        catch (Exception exception) when (exception is CheckpointCorruptException or NotSupportedException)
        {
            // Left out, it would look as if it had never been; listed, it is met when it is read, and said.
            return new StoredCheckpoint { Id = row.Id, Savepoint = row.Savepoint, Damage = exception.Message };
        }
    }
}
