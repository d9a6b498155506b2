using Npgsql;
using StreamKit.Checkpointing;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>Makes and deletes the rows of completed checkpoints, where the session may.</summary>
/// <remarks>
/// Whether it may and what it does are one statement, which locks the job's row: another session that takes over at the
/// same moment comes before it, and then nothing is done, or after it. And no connection that dies between two
/// statements leaves the row locked.
/// </remarks>
internal sealed class RowKeeper(JobPlace place, JobOwner owner)
{
    private readonly string _owner =
        $"WITH owner AS (SELECT FROM {place.Tables.Job} WHERE job = $1 AND session = $2 AND token = $3 FOR UPDATE)";

    /// <summary>Completes a checkpoint; once more for the same attempt does no harm.</summary>
    /// <exception cref="CheckpointFencedException">Another session was opened for the job.</exception>
    /// <exception cref="InvalidOperationException">The number, or the savepoint, is there already.</exception>
    public Task<int> AddAsync(StoredRow row, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken) =>
        place.Calls.RunAsync(
            async (connection, token) =>
            {
                (long owners, long added) = await AskAsync(
                    connection,
                    $"{_owner}, added AS (INSERT INTO {place.Tables.Checkpoint} (job, id, savepoint, created, bytes, "
                    + "form, attempt, parts, checksum, manifest, manifest_checksum) "
                    + "SELECT $1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM owner "
                    + "ON CONFLICT DO NOTHING RETURNING 1) "
                    + "SELECT (SELECT count(*) FROM owner), (SELECT count(*) FROM added)",
                    token,
                    Parameters.Of(row.Id),
                    Parameters.Of(row.Savepoint),
                    Parameters.Of(row.Created),
                    Parameters.Of(row.Bytes),
                    Parameters.Of(row.Form),
                    Parameters.Of(row.Attempt),
                    Parameters.Of(row.Parts),
                    Parameters.Of(row.Checksum),
                    Parameters.Of(manifest),
                    Parameters.Of(Checksum.Of(manifest.Span))).ConfigureAwait(false);
                if (owners == 0)
                {
                    throw new CheckpointFencedException(place.Job);
                }

                if (added == 0)
                {
                    await CheckIsThereAsync(connection, row, token).ConfigureAwait(false);
                }

                return 0;
            },
            cancellationToken);

    /// <summary>Deletes a checkpoint with its chunks; one that is gone is fine too.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="attempt">Which attempt at it; null: whichever was completed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CheckpointFencedException">Another session was opened for the job.</exception>
    public Task<int> DeleteAsync(StoredCheckpoint checkpoint, long? attempt, CancellationToken cancellationToken) =>
        place.Calls.RunAsync(
            async (connection, token) =>
            {
                string same = attempt is null ? "" : "AND c.attempt = $6 ";
                NpgsqlParameter[] which = [Parameters.Of(checkpoint.Id), Parameters.Of(checkpoint.Savepoint)];
                (long owners, _) = await AskAsync(
                    connection,
                    $"{_owner}, gone AS (DELETE FROM {place.Tables.Checkpoint} AS c USING owner WHERE c.job = $1 "
                    + $"AND c.id = $4 AND c.savepoint IS NOT DISTINCT FROM $5 {same}RETURNING c.attempt), "
                    + $"chunks AS (DELETE FROM {place.Tables.Chunk} AS k USING gone WHERE k.job = $1 "
                    + "AND k.checkpoint = $4 AND k.attempt = gone.attempt) "
                    + "SELECT (SELECT count(*) FROM owner), (SELECT count(*) FROM gone)",
                    token,
                    attempt is { } only ? [.. which, Parameters.Of(only)] : which).ConfigureAwait(false);
                return owners == 1 ? 0 : throw new CheckpointFencedException(place.Job);
            },
            cancellationToken);

    private async Task<(long Owners, long Rows)> AskAsync(
        NpgsqlConnection connection,
        string statement,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        NpgsqlCommand command = Statements.Of(
            connection,
            statement,
            [place.Name, Parameters.Of(owner.Session), Parameters.Of(owner.Token), .. parameters]);
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return (reader.GetInt64(0), reader.GetInt64(1));
            }
        }
    }

    // An earlier try may have come through although its answer was lost.
    private async Task CheckIsThereAsync(
        NpgsqlConnection connection, StoredRow row, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Statements.Of(
            connection,
            $"SELECT attempt FROM {place.Tables.Checkpoint} WHERE job = $1 AND id = $2",
            place.Name,
            Parameters.Of(row.Id));
        await using (command.ConfigureAwait(false))
        {
            object? attempt = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            if (attempt is long there && there == row.Attempt)
            {
                return;
            }

            throw attempt is null && row.Savepoint is { } savepoint
                ? SessionRules.HasSavepoint(savepoint)
                : SessionRules.IsComplete(row.Id);
        }
    }
}
