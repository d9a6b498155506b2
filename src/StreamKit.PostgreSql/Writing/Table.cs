using Microsoft.Extensions.Logging;
using Npgsql;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>A table that records are written to: made where it is missing, and looked at where it is there.</summary>
internal sealed class Table<T>(TableName name, RowShape<T> shape, bool create, Database database, ILogger logger)
{
    private const string ReadColumns =
        """
        SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
        WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
        """;

    public string Sql => name.Sql;

    public TableName Name => name;

    public RowShape<T> Shape => shape;

    /// <summary>The types of the columns in the table, in the order in which they are written.</summary>
    /// <exception cref="InvalidOperationException">There is no such table, or it lacks a column.</exception>
    public async Task<string[]> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        Dictionary<string, string> types = await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        if (types.Count == 0 && create)
        {
            await MakeAsync(connection, cancellationToken).ConfigureAwait(false);
            logger.Made(database.Name, name.ToString());
            types = await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        if (types.Count == 0)
        {
            throw new InvalidOperationException(
                $"There is no table '{name}' in {database.Name}. Make it, or let "
                + $"{nameof(PostgreSqlSinkOptions)}.{nameof(PostgreSqlSinkOptions.CreateTable)} be true.");
        }

        string[] missing = [.. shape.Columns.Select(static c => c.Name).Where(column => !types.ContainsKey(column))];
        return missing.Length == 0
            ? [.. shape.Columns.Select(column => types[column.Name])]
            : throw new InvalidOperationException(
                $"Table '{name}' in {database.Name} has no column '{missing[0]}'; it has "
                + $"{string.Join(", ", types.Keys.Order(StringComparer.Ordinal))}. Capitals count.");
    }

    private async Task<Dictionary<string, string>> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Statements.Of(connection, ReadColumns, Parameters.Of(name.Sql));
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var types = new Dictionary<string, string>(StringComparer.Ordinal);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    types.Add(reader.GetString(0), reader.GetString(1));
                }

                return types;
            }
        }
    }

    private async Task MakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        string key = shape.KeyNames is { Length: > 0 } names ? $", PRIMARY KEY ({names})" : "";
        string columns = RowShape<T>.Join(shape.Columns.Select(static column => column.Definition));
        await Statements.ExecuteInOneAsync(
            connection,
            [Statements.LockForMaking, $"CREATE TABLE IF NOT EXISTS {name.Sql} ({columns}{key})"],
            cancellationToken).ConfigureAwait(false);
    }
}
