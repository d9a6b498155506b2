using Npgsql;

namespace StreamKit.PostgreSql.Connections;

/// <summary>Statements, and how they are run.</summary>
internal static class Statements
{
    /// <summary>Comes before what makes a table, in the same transaction.</summary>
    /// <remarks>
    /// Two that make one table at the same time get an error from each other in spite of IF NOT EXISTS, so they queue
    /// for a lock. Its number is the first letters of this project.
    /// </remarks>
    public const string LockForMaking = "SELECT pg_advisory_xact_lock(6013557182198270825)";

    /// <summary>Runs statements in one transaction and one round trip.</summary>
    public static async Task ExecuteInOneAsync(
        NpgsqlConnection connection, IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        // A batch is one implicit transaction, unless one is open.
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            foreach (string statement in statements)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            }

            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A statement with its parameters.</summary>
    public static NpgsqlCommand Of(NpgsqlConnection connection, string statement, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    /// <summary>Runs a statement; says how many rows it has touched.</summary>
    public static async Task<int> ExecuteAsync(
        NpgsqlConnection connection,
        string statement,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        NpgsqlCommand command = Of(connection, statement, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Whether there is a table. Asked before one is made: making needs a right of which many a program is rid once
    /// its tables are there, also with IF NOT EXISTS.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="table">The table as it stands in statements.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<bool> HasTableAsync(
        NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Of(connection, "SELECT to_regclass($1) IS NOT NULL", Parameters.Of(table));
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
        }
    }
}
