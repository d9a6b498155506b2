using System.Buffers;
using Npgsql;
using NpgsqlTypes;
using StreamKit.Checkpointing;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>Writes the chunks of parts.</summary>
internal sealed class PartWriter(JobPlace place, JobOwner owner)
{
    private readonly string _check =
        "SELECT session = $2 AND token = $3, "
        + $"EXISTS (SELECT FROM {place.Tables.Checkpoint} WHERE job = $1 AND id = $4) "
        + $"FROM {place.Tables.Job} WHERE job = $1";

    private readonly string _clear =
        $"DELETE FROM {place.Tables.Chunk} WHERE job = $1 AND checkpoint = $2 AND attempt = $3 AND part = $4";

    private readonly string _copy =
        $"COPY {place.Tables.Chunk} (job, checkpoint, attempt, part, chunk, session, content) "
        + "FROM STDIN (FORMAT BINARY)";

    /// <summary>Writes a part in one transaction.</summary>
    /// <exception cref="CheckpointFencedException">Another session was opened for the job.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint is complete.</exception>
    public Task<int> WriteAsync(
        long checkpoint,
        long attempt,
        string part,
        ReadOnlySequence<byte> content,
        CancellationToken cancellationToken) => place.Calls.RunAsync(
        async (connection, token) =>
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                // Nobody waits for this transaction, so that a large part holds up no session that takes over: chunks
                // count only once a row names them, and it is that which the one who completes must still own.
                await CheckAsync(connection, checkpoint, token).ConfigureAwait(false);

                // What an earlier try has left, whose answer was lost.
                await Statements
                    .ExecuteAsync(
                        connection,
                        _clear,
                        token,
                        place.Name,
                        Parameters.Of(checkpoint),
                        Parameters.Of(attempt),
                        Parameters.Of(StoredNames.Of(part)))
                    .ConfigureAwait(false);
                await CopyAsync(connection, checkpoint, attempt, part, content, token).ConfigureAwait(false);
                await transaction.CommitAsync(token).ConfigureAwait(false);
                return 0;
            }
        },
        cancellationToken);

    /// <summary>Deletes what was written of an attempt, unless that has become a checkpoint.</summary>
    public Task<int> ClearAsync(
        NpgsqlConnection connection, long checkpoint, long attempt, CancellationToken cancellationToken) =>
        Statements.ExecuteAsync(
            connection,
            $"DELETE FROM {place.Tables.Chunk} WHERE job = $1 AND checkpoint = $2 AND attempt = $3 AND NOT EXISTS "
            + $"(SELECT FROM {place.Tables.Checkpoint} WHERE job = $1 AND id = $2 AND attempt = $3)",
            cancellationToken,
            place.Name,
            Parameters.Of(checkpoint),
            Parameters.Of(attempt));

    private async Task CheckAsync(NpgsqlConnection connection, long checkpoint, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Statements.Of(
            connection,
            _check,
            place.Name,
            Parameters.Of(owner.Session),
            Parameters.Of(owner.Token),
            Parameters.Of(checkpoint));
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false) || !reader.GetBoolean(0))
                {
                    throw new CheckpointFencedException(place.Job);
                }

                if (reader.GetBoolean(1))
                {
                    throw SessionRules.IsComplete(checkpoint);
                }
            }
        }
    }

    private async Task CopyAsync(
        NpgsqlConnection connection,
        long checkpoint,
        long attempt,
        string part,
        ReadOnlySequence<byte> content,
        CancellationToken cancellationToken)
    {
        NpgsqlBinaryImporter rows = await connection
            .BeginBinaryImportAsync(_copy, cancellationToken)
            .ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            string name = StoredNames.Of(part);
            int number = 0;
            for (ReadOnlySequence<byte> rest = content; !rest.IsEmpty; number++)
            {
                ReadOnlySequence<byte> piece = rest.Slice(0, Math.Min(rest.Length, Pieces.RowBytes));
                ReadOnlyMemory<byte> bytes = piece.IsSingleSegment ? piece.First : piece.ToArray();
                await rows.StartRowAsync(cancellationToken).ConfigureAwait(false);
                await rows.WriteAsync(place.StoredName, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
                await rows.WriteAsync(checkpoint, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
                await rows.WriteAsync(attempt, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
                await rows.WriteAsync(name, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
                await rows.WriteAsync(number, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
                await rows.WriteAsync(owner.Session, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
                await rows.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
                rest = rest.Slice(piece.Length);
            }

            await rows.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
