using Npgsql;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>The tables that checkpoints lie in.</summary>
/// <remarks>
/// <code>
/// streamkit_checkpoint_job     a row for each job: which session may write
/// streamkit_checkpoint         a row for each completed checkpoint: its manifest, and which parts belong to it
/// streamkit_checkpoint_chunk   pieces of parts, also of checkpoints that are being made
/// </code>
/// A checkpoint is there when its row is, so one statement completes it and one deletes it.
/// </remarks>
internal sealed class CheckpointTables
{
    /// <summary>The form of the rows; a newer one is refused.</summary>
    public const int Form = 1;

    public CheckpointTables(string? schema)
    {
        Job = new TableName(schema, "streamkit_checkpoint_job").Sql;
        Checkpoint = new TableName(schema, "streamkit_checkpoint").Sql;
        Chunk = new TableName(schema, "streamkit_checkpoint_chunk").Sql;
    }

    public string Job { get; }

    public string Checkpoint { get; }

    public string Chunk { get; }

    /// <summary>Makes what is missing; 0, whatever was there.</summary>
    public async Task<int> MakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // They are made together, and this one is the last.
        if (await Statements.HasTableAsync(connection, Checkpoint, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        await Statements.ExecuteInOneAsync(
            connection,
            [
                Statements.LockForMaking,
                $"""
                CREATE TABLE IF NOT EXISTS {Job} (
                    job text COLLATE "C" PRIMARY KEY, session bigint NOT NULL, token bigint NOT NULL)
                """,
                $"""
                CREATE TABLE IF NOT EXISTS {Chunk} (
                    job text COLLATE "C" NOT NULL, checkpoint bigint NOT NULL, attempt bigint NOT NULL,
                    part text COLLATE "C" NOT NULL, chunk integer NOT NULL, session bigint NOT NULL,
                    content bytea NOT NULL, PRIMARY KEY (job, checkpoint, attempt, part, chunk))
                """,

                // Compressing would cost more time than writing, and reading the state back is what is waited for.
                $"ALTER TABLE {Chunk} ALTER COLUMN content SET STORAGE EXTERNAL",
                $"""
                CREATE TABLE IF NOT EXISTS {Checkpoint} (
                    job text COLLATE "C" NOT NULL, id bigint NOT NULL, savepoint text COLLATE "C",
                    created timestamp with time zone NOT NULL, bytes bigint NOT NULL, form integer NOT NULL,
                    attempt bigint NOT NULL, parts text NOT NULL, checksum bigint NOT NULL,
                    manifest bytea NOT NULL, manifest_checksum bigint NOT NULL,
                    PRIMARY KEY (job, id), UNIQUE (job, savepoint))
                """,
            ],
            cancellationToken).ConfigureAwait(false);
        return 0;
    }
}
