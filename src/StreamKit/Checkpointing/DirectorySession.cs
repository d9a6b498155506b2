using System.Buffers;
using Microsoft.Extensions.Logging;

namespace StreamKit.Checkpointing;

/// <summary>Writes the checkpoints of a job to its directory.</summary>
internal sealed class DirectorySession(JobDirectory directory, SessionMark session, TimeProvider clock, ILogger logger)
    : DirectoryReader(directory), ICheckpointSession
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, PendingCheckpoint> _pending = [];
    private bool _disposed;

    public async ValueTask WritePartAsync(
        long checkpoint, string part, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        CheckpointNames.CheckPart(checkpoint, part);
        cancellationToken.ThrowIfCancellationRequested();
        string file = FileNames.Of(part) + JobDirectory.PartSuffix;
        await Place.CheckOwnerAsync(session, cancellationToken).ConfigureAwait(false);
        CheckIsNew(checkpoint);
        PendingCheckpoint pending = Begin(checkpoint, part);
        DirectoryPart? written = null;
        try
        {
            var described = new DirectoryPart(content.Length, Crc32C.Of(content));
            byte[] header = CheckpointFile.HeaderOf(
                new FileStamp(FileKind.Part, checkpoint, session), described.Bytes, described.Checksum);
            await Place.Files
                .WriteAsync(Place.PathOf(Path.Combine(pending.Name, file)), header, content, cancellationToken)
                .ConfigureAwait(false);
            written = described;
        }
        catch (IOException)
        {
            // Whoever takes over clears away what is pending, under the hands of this session.
            await Place.CheckOwnerAsync(session, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            End(pending, part, written);
        }

        if (pending.IsAbandoned)
        {
            throw new InvalidOperationException(
                $"Checkpoint {checkpoint} was abandoned while its part '{part}' was being written.");
        }
    }

    public async ValueTask<StoredCheckpoint> CompleteAsync(
        long checkpoint, string? savepoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(checkpoint);
        CheckpointNames.CheckSavepoint(savepoint);
        cancellationToken.ThrowIfCancellationRequested();
        await Place.CheckOwnerAsync(session, cancellationToken).ConfigureAwait(false);
        (PendingCheckpoint pending, DirectoryIndex index) = Close(checkpoint, manifest);
        if (pending.Outcome is null)
        {
            await WriteIndexAsync(checkpoint, pending, index, cancellationToken).ConfigureAwait(false);
        }

        using (await Place.LockAsync(cancellationToken).ConfigureAwait(false))
        {
            await Place.CheckOwnerAsync(session, cancellationToken).ConfigureAwait(false);
            if (pending.Outcome is { } outcome && Place.Find(outcome.Id, outcome.Savepoint) is not null)
            {
                Place.Flush();
            }
            else
            {
                CheckIsNew(checkpoint);
                CheckIsNew(savepoint);
                pending.Outcome ??= new StoredCheckpoint
                {
                    Id = checkpoint,
                    Savepoint = savepoint,
                    Created = index.Created,
                    Bytes = index.Bytes,
                };
                Place.Move(pending.Name, DirectoryEntry.NameOf(checkpoint, savepoint));
            }
        }

        lock (_lock)
        {
            _pending.Remove(checkpoint);
        }

        return pending.Outcome;
    }

    public async ValueTask AbandonAsync(long checkpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PendingCheckpoint? pending;
        lock (_lock)
        {
            if (!_pending.TryGetValue(checkpoint, out pending))
            {
                return;
            }

            if (pending.Outcome is null)
            {
                _pending.Remove(checkpoint);
                pending.IsAbandoned = true;
                if (pending.IsBeingWritten)
                {
                    return;
                }
            }
        }

        // Where completing failed half-way, the checkpoint may have come to be.
        if (pending.Outcome is { } outcome)
        {
            await DeleteAsync(outcome, cancellationToken).ConfigureAwait(false);
        }

        Place.Clear(pending.Name, logger);
        lock (_lock)
        {
            _pending.Remove(checkpoint);
        }
    }

    public async ValueTask DeleteAsync(StoredCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ObjectDisposedException.ThrowIf(_disposed, this);
        string hidden;
        using (await Place.LockAsync(cancellationToken).ConfigureAwait(false))
        {
            await Place.CheckOwnerAsync(session, cancellationToken).ConfigureAwait(false);
            if (Place.Find(checkpoint.Id, checkpoint.Savepoint) is not { } entry)
            {
                return;
            }

            hidden = Place.Hide(entry.Name, session);
        }

        Place.Clear(hidden, logger);
    }

    public override async ValueTask DisposeAsync()
    {
        PendingCheckpoint[] left;
        lock (_lock)
        {
            _disposed = true;
            // One whose completion is in doubt stays as it is: it is whole, wherever it lies.
            left = [.. _pending.Values.Where(static pending => pending.Outcome is null)];
            _pending.Clear();
            foreach (PendingCheckpoint pending in left)
            {
                pending.IsAbandoned = true;
            }
        }

        foreach (PendingCheckpoint pending in left.Where(static pending => !pending.IsBeingWritten))
        {
            Place.Clear(pending.Name, logger);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private PendingCheckpoint Begin(long checkpoint, string part)
    {
        lock (_lock)
        {
            PendingCheckpoint pending = FindOrBegin(checkpoint);
            if (!pending.Parts.TryAdd(part, null))
            {
                throw CheckpointNames.HasPart(checkpoint, part);
            }

            return pending;
        }
    }

    private void End(PendingCheckpoint pending, string part, DirectoryPart? written)
    {
        bool clear;
        lock (_lock)
        {
            if (written is null)
            {
                pending.Parts.Remove(part);
            }
            else
            {
                pending.Parts[part] = written;
            }

            clear = pending.IsAbandoned && !pending.IsBeingWritten;
        }

        if (clear)
        {
            Place.Clear(pending.Name, logger);
        }
    }

    private (PendingCheckpoint Pending, DirectoryIndex Index) Close(long checkpoint, ReadOnlyMemory<byte> manifest)
    {
        lock (_lock)
        {
            if (!_pending.ContainsKey(checkpoint))
            {
                CheckIsNew(checkpoint);
            }

            PendingCheckpoint pending = FindOrBegin(checkpoint);
            if (pending.IsBeingWritten)
            {
                throw new InvalidOperationException($"A part of checkpoint {checkpoint} is still being written.");
            }

            Dictionary<string, DirectoryPart> parts =
                pending.Parts.ToDictionary(static part => part.Key, static part => part.Value.GetValueOrDefault());
            return (pending, new DirectoryIndex(clock.GetUtcNow(), parts, manifest));
        }
    }

    private PendingCheckpoint FindOrBegin(long checkpoint)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_pending.TryGetValue(checkpoint, out PendingCheckpoint? pending))
        {
            pending = new PendingCheckpoint(JobDirectory.PendingName(checkpoint, session));
            Place.Files.CreateDirectory(Place.PathOf(pending.Name));
            _pending.Add(checkpoint, pending);
        }

        return pending;
    }

    // When this returns, all that the checkpoint consists of is on the disk, under a name that nobody lists.
    private async ValueTask WriteIndexAsync(
        long checkpoint, PendingCheckpoint pending, DirectoryIndex index, CancellationToken cancellationToken)
    {
        string path = Place.PathOf(pending.Name);
        ReadOnlySequence<byte> content = index.Encode();
        byte[] header = CheckpointFile.HeaderOf(new FileStamp(FileKind.Manifest, checkpoint, session), content);
        await Place.Files
            .WriteAsync(Path.Combine(path, JobDirectory.ManifestName), header, content, cancellationToken)
            .ConfigureAwait(false);
        Place.Files.FlushDirectory(path);
    }

    private void CheckIsNew(long checkpoint)
    {
        if (Place.Completed().Any(entry => entry.Id == checkpoint))
        {
            throw CheckpointNames.IsComplete(checkpoint);
        }
    }

    private void CheckIsNew(string? savepoint)
    {
        if (savepoint is not null && Place.Completed().Any(entry => entry.Savepoint == savepoint))
        {
            throw CheckpointNames.HasSavepoint(savepoint);
        }
    }
}
