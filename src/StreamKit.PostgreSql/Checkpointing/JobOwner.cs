using System.Security.Cryptography;
using Npgsql;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>The session that may write: it was opened last.</summary>
/// <param name="Session">One more than the session before had.</param>
/// <param name="Token">
/// Drawn at random: should the count be lost, as with a backup, no two sessions take each other for themselves.
/// </param>
internal sealed record JobOwner(long Session, long Token)
{
    /// <summary>Takes the place of a job, and clears away what earlier sessions left unfinished.</summary>
    public static async Task<JobOwner> TakeAsync(JobPlace place, CancellationToken cancellationToken)
    {
        CheckpointTables tables = place.Tables;
        long token = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        long session = await place.Calls.RunAsync(
            async (connection, cancel) =>
            {
                NpgsqlCommand command = Statements.Of(
                    connection,
                    $"INSERT INTO {tables.Job} AS job (job, session, token) VALUES ($1, 1, $2) "
                    + "ON CONFLICT (job) DO UPDATE SET session = job.session + 1, token = excluded.token "
                    + "RETURNING session",
                    place.Name,
                    Parameters.Of(token));
                await using (command.ConfigureAwait(false))
                {
                    return (long)(await command.ExecuteScalarAsync(cancel).ConfigureAwait(false)
                        ?? throw new InvalidOperationException("The server returned no number of a session."));
                }
            },
            cancellationToken).ConfigureAwait(false);

        // A session that was opened after this one may be writing already: only what is older goes.
        int removed = await place.Calls.RunAsync(
            (connection, cancel) => Statements.ExecuteAsync(
                connection,
                $"DELETE FROM {tables.Chunk} AS chunk WHERE job = $1 AND session < $2 AND NOT EXISTS (SELECT FROM "
                + $"{tables.Checkpoint} AS c WHERE c.job = chunk.job AND c.id = chunk.checkpoint "
                + "AND c.attempt = chunk.attempt)",
                cancel,
                place.Name,
                Parameters.Of(session)),
            cancellationToken).ConfigureAwait(false);
        if (removed > 0)
        {
            place.Calls.Logger.CleanedUp(place.Calls.Database.Name, place.Job);
        }

        return new JobOwner(session, token);
    }
}
