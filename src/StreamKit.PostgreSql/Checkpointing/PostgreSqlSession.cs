using System.Buffers;
using StreamKit.Checkpointing;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>Writes the checkpoints of a job.</summary>
internal sealed class PostgreSqlSession(JobPlace place, JobOwner owner, TimeProvider clock)
    : PostgreSqlReader(place), ICheckpointSession
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, PendingCheckpoint> _pending = [];
    private readonly PartWriter _parts = new(place, owner);
    private readonly RowKeeper _rows = new(place, owner);
    private bool _disposed;

    public async ValueTask WritePartAsync(
        long checkpoint, string part, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(checkpoint);
        _ = StoredNames.Of(part);
        cancellationToken.ThrowIfCancellationRequested();
        PendingCheckpoint pending = Begin(checkpoint, part);
        StoredPart? written = null;
        try
        {
            var described = new StoredPart(content.Length, Checksum.Of(content));
            await _parts
                .WriteAsync(checkpoint, pending.Attempt, part, content, cancellationToken)
                .ConfigureAwait(false);
            written = described;
        }
        finally
        {
            await EndAsync(checkpoint, pending, part, written).ConfigureAwait(false);
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
        SessionRules.CheckSavepoint(savepoint);
        cancellationToken.ThrowIfCancellationRequested();
        (PendingCheckpoint pending, StoredRow row) = Close(checkpoint, savepoint, manifest);
        pending.Outcome = row;
        try
        {
            await _rows.AddAsync(row, manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CheckpointFencedException
            || (exception is InvalidOperationException && exception.InnerException is null))
        {
            // It is known that nothing was done.
            pending.Outcome = null;
            throw;
        }

        lock (_lock)
        {
            _pending.Remove(checkpoint);
        }

        return row.Stored;
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
            await _rows.DeleteAsync(outcome.Stored, outcome.Attempt, cancellationToken).ConfigureAwait(false);
        }

        await Place.Calls
            .RunAsync(
                (connection, token) => _parts.ClearAsync(connection, checkpoint, pending.Attempt, token),
                cancellationToken)
            .ConfigureAwait(false);
        lock (_lock)
        {
            _pending.Remove(checkpoint);
        }
    }

    public async ValueTask DeleteAsync(StoredCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _rows.DeleteAsync(checkpoint, attempt: null, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        KeyValuePair<long, PendingCheckpoint>[] left;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;

            // One whose completion is in doubt stays as it is: it is whole, or the next session clears it away.
            left = [.. _pending.Where(static pending => pending.Value.Outcome is null)];
            _pending.Clear();
            foreach ((_, PendingCheckpoint pending) in left)
            {
                pending.IsAbandoned = true;
            }
        }

        foreach ((long checkpoint, PendingCheckpoint pending) in left)
        {
            if (!pending.IsBeingWritten && !await ClearAsync(checkpoint, pending).ConfigureAwait(false))
            {
                break;  // The database is away; the next session clears away what is left.
            }
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private PendingCheckpoint Begin(long checkpoint, string part)
    {
        lock (_lock)
        {
            PendingCheckpoint pending = FindOrBegin(checkpoint);
            return pending.Parts.TryAdd(part, null) ? pending : throw SessionRules.HasPart(checkpoint, part);
        }
    }

    private async Task EndAsync(long checkpoint, PendingCheckpoint pending, string part, StoredPart? written)
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

            clear = pending.IsAbandoned && !pending.IsBeingWritten && !_disposed;
        }

        if (clear)
        {
            await ClearAsync(checkpoint, pending).ConfigureAwait(false);
        }
    }

    private (PendingCheckpoint Pending, StoredRow Row) Close(
        long checkpoint, string? savepoint, ReadOnlyMemory<byte> manifest)
    {
        lock (_lock)
        {
            PendingCheckpoint pending = FindOrBegin(checkpoint);
            if (pending.IsBeingWritten)
            {
                throw new InvalidOperationException($"A part of checkpoint {checkpoint} is still being written.");
            }

            if (pending.Outcome is { } outcome)
            {
                return (pending, outcome);
            }

            Dictionary<string, StoredPart> parts =
                pending.Parts.ToDictionary(static part => part.Key, static part => part.Value.GetValueOrDefault());
            DateTime now = clock.GetUtcNow().UtcDateTime;
            var row = new StoredRow
            {
                Id = checkpoint,
                Savepoint = savepoint,
                Created = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc),
                Bytes = manifest.Length + parts.Values.Sum(static part => part.Bytes),
                Attempt = pending.Attempt,
                Parts = StoredRow.Encode(parts),
            };
            return (pending, row with { Checksum = row.Computed });
        }
    }

    private PendingCheckpoint FindOrBegin(long checkpoint)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_pending.TryGetValue(checkpoint, out PendingCheckpoint? pending))
        {
            _pending.Add(checkpoint, pending = new PendingCheckpoint());
        }

        return pending;
    }

    private Task<bool> ClearAsync(long checkpoint, PendingCheckpoint pending) => Place.Calls.TryAsync(
        (connection, token) => _parts.ClearAsync(connection, checkpoint, pending.Attempt, token),
        CancellationToken.None);
}
