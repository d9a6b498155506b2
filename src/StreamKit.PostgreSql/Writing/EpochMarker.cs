using Npgsql;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>The number of the last epoch that a sink has written: a row in a table beside its own.</summary>
internal sealed class EpochMarker(TableName table, string pipeline, string sink)
{
    private const string Name = "streamkit_epoch";

    private readonly string _table = table.Beside(Name).Sql;

    /// <summary>Makes the table and the row where they are missing.</summary>
    public async Task MakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await Statements.HasTableAsync(connection, _table, cancellationToken).ConfigureAwait(false))
        {
            await Statements.ExecuteInOneAsync(
                connection,
                [
                    Statements.LockForMaking,
                    $"CREATE TABLE IF NOT EXISTS {_table} (pipeline text NOT NULL, sink text NOT NULL, "
                    + "epoch bigint NOT NULL, PRIMARY KEY (pipeline, sink))",
                ],
                cancellationToken).ConfigureAwait(false);
        }

        await Statements.ExecuteAsync(
            connection,
            $"INSERT INTO {_table} (pipeline, sink, epoch) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING",
            cancellationToken,
            Parameters.Of(pipeline),
            Parameters.Of(sink)).ConfigureAwait(false);
    }

    /// <summary>The last epoch that is written.</summary>
    public async Task<long> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Statements.Of(
            connection,
            $"SELECT epoch FROM {_table} WHERE pipeline = $1 AND sink = $2",
            Parameters.Of(pipeline),
            Parameters.Of(sink));
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long epoch
                ? epoch
                : throw new InvalidOperationException(
                    $"The row of pipeline '{pipeline}' and sink '{sink}' in {_table} was deleted while the job ran.");
        }
    }

    /// <summary>Moves from the epoch before to an epoch; false where it stands elsewhere.</summary>
    /// <remarks>
    /// Of two runs that commit one epoch the second waits for the first here, and then finds the number moved.
    /// </remarks>
    public async Task<bool> TryMoveAsync(
        NpgsqlConnection connection, long epoch, CancellationToken cancellationToken) => await Statements.ExecuteAsync(
            connection,
            $"UPDATE {_table} SET epoch = $3 WHERE pipeline = $1 AND sink = $2 AND epoch = $3 - 1",
            cancellationToken,
            Parameters.Of(pipeline),
            Parameters.Of(sink),
            Parameters.Of(epoch)).ConfigureAwait(false) == 1;
}
