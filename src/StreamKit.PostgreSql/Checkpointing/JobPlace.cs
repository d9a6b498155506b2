using Npgsql;
using StreamKit.Checkpointing;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>What a job has stored.</summary>
/// <param name="calls">The connections.</param>
/// <param name="tables">The tables.</param>
/// <param name="job">The job's name.</param>
/// <param name="name">The job's name as it is stored.</param>
internal sealed class JobPlace(Calls calls, CheckpointTables tables, string job, string name) : IAsyncDisposable
{
    public Calls Calls => calls;

    public CheckpointTables Tables => tables;

    public string Job => job;

    /// <summary>The name as it is stored.</summary>
    public string StoredName => name;

    public NpgsqlParameter Name => Parameters.Of(name);

    /// <summary>The rows of the completed checkpoints, the highest number first.</summary>
    public Task<List<StoredRow>> ListAsync(CancellationToken cancellationToken) => calls.RunAsync(
        async (connection, token) =>
        {
            var rows = new List<StoredRow>();
            if (!await Statements.HasTableAsync(connection, tables.Checkpoint, token).ConfigureAwait(false))
            {
                return rows;
            }

            NpgsqlCommand command = Statements.Of(
                connection,
                $"SELECT {StoredRow.Columns} FROM {tables.Checkpoint} WHERE job = $1 ORDER BY id DESC",
                Name);
            await using (command.ConfigureAwait(false))
            {
                NpgsqlDataReader reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(token).ConfigureAwait(false))
                    {
                        rows.Add(StoredRow.Read(reader));
                    }
                }
            }

            return rows;
        },
        cancellationToken);

    /// <summary>The row of a checkpoint, checked, with its manifest where that is asked for.</summary>
    /// <exception cref="KeyNotFoundException">It has been deleted.</exception>
    /// <exception cref="CheckpointCorruptException">What is stored is not what was written.</exception>
    public async Task<(StoredRow Row, byte[] Manifest)> FindAsync(
        StoredCheckpoint checkpoint, bool withManifest, CancellationToken cancellationToken)
    {
        string manifest = withManifest ? "manifest, manifest_checksum" : "''::bytea, 0::bigint";
        (StoredRow Row, byte[] Manifest, long Checksum)? found = await calls.RunAsync(
            (connection, token) => ReadRowAsync(connection, checkpoint, manifest, token),
            cancellationToken).ConfigureAwait(false);
        if (found is not { } read)
        {
            throw new KeyNotFoundException($"Job '{job}' has no {checkpoint} any more.");
        }

        read.Row.Check(job);
        return !withManifest || Checksum.Of(read.Manifest) == read.Checksum
            ? (read.Row, read.Manifest)
            : throw new CheckpointCorruptException(
                read.Row.NameIn(job), "its manifest is not what was written");
    }

    /// <summary>The chunks of a part, in their order.</summary>
    public Task<List<byte[]>> ReadChunksAsync(
        StoredRow row, string part, CancellationToken cancellationToken) => calls.RunAsync(
        async (connection, token) =>
        {
            var chunks = new List<byte[]>();
            NpgsqlCommand command = Statements.Of(
                connection,
                $"SELECT content FROM {tables.Chunk} WHERE job = $1 AND checkpoint = $2 AND attempt = $3 "
                + "AND part = $4 ORDER BY chunk",
                Name,
                Parameters.Of(row.Id),
                Parameters.Of(row.Attempt),
                Parameters.Of(StoredNames.Of(part)));
            await using (command.ConfigureAwait(false))
            {
                NpgsqlDataReader reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(token).ConfigureAwait(false))
                    {
                        chunks.Add(reader.GetFieldValue<byte[]>(0));
                    }
                }
            }

            return chunks;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => calls.DisposeAsync();

    private async Task<(StoredRow Row, byte[] Manifest, long Checksum)?> ReadRowAsync(
        NpgsqlConnection connection, StoredCheckpoint checkpoint, string manifest, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Statements.Of(
            connection,
            $"SELECT {StoredRow.Columns}, {manifest} FROM {tables.Checkpoint} WHERE job = $1 AND id = $2 "
            + "AND savepoint IS NOT DISTINCT FROM $3",
            Name,
            Parameters.Of(checkpoint.Id),
            Parameters.Of(checkpoint.Savepoint));
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ? (StoredRow.Read(reader), reader.GetFieldValue<byte[]>(8), reader.GetInt64(9))
                    : null;
            }
        }
    }
}
