using Microsoft.Extensions.Logging;
using Npgsql;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>
/// Replaces rows by their key: copies them to a temporary table, and merges that into the table. Where the right to make
/// temporary tables is missing, rows travel as one array for each column.
/// </summary>
internal sealed class MergeWriter<T>(Table<T> table, Database database, ILogger logger) : RowWriter<T>
{
    private readonly MergeStatement<T> _statement = new(table);
    private string[] _types = [];
    private bool _isStaged;

    public override async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        _types = await table.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
        _isStaged = await MayMakeTemporaryTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        if (_isStaged)
        {
            await Statements
                .ExecuteInOneAsync(connection, _statement.MakeStage, cancellationToken)
                .ConfigureAwait(false);
        }
        else
        {
            logger.Unstaged(database.Name, table.Name.ToString());
        }

        try
        {
            // Writes nothing, and tells now what the first rows would meet.
            NpgsqlParameter[] none = _isStaged ? [] : ArraysOf(default);
            await Statements
                .ExecuteAsync(connection, $"EXPLAIN {StatementText}", cancellationToken, none)
                .ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidColumnReference)
        {
            throw new InvalidOperationException(
                $"Table '{table.Name}' in {database.Name} has no primary key or unique index on exactly "
                + $"({table.Shape.KeyNames}), by which rows could replace each other. Make one, or name the columns of "
                + "the one that there is as keys.",
                exception);
        }
    }

    public override async Task WriteAsync(
        NpgsqlConnection connection, ReadOnlyMemory<T> records, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] arrays = [];
        if (_isStaged)
        {
            await StageAsync(connection, records, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            arrays = ArraysOf(records.Span);
        }

        await Statements.ExecuteAsync(connection, StatementText, cancellationToken, arrays).ConfigureAwait(false);
    }

    private string StatementText => _isStaged ? _statement.FromStage : _statement.FromArrays;

    private async Task StageAsync(
        NpgsqlConnection connection, ReadOnlyMemory<T> records, CancellationToken cancellationToken)
    {
        NpgsqlBinaryImporter rows = await connection
            .BeginBinaryImportAsync(_statement.CopyToStage, cancellationToken)
            .ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            Fill(rows, records.Span);
            await rows.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Fill(NpgsqlBinaryImporter rows, ReadOnlySpan<T> records)
    {
        IReadOnlyList<Column<T>> columns = table.Shape.Columns;
        for (int i = 0; i < records.Length; i++)
        {
            rows.StartRow();
            for (int column = 0; column < columns.Count; column++)
            {
                columns[column].Write(rows, records[i], _types[column]);
            }

            rows.Write((long)i);
            rows.Write(Deletes(records[i]));
        }
    }

    private NpgsqlParameter[] ArraysOf(ReadOnlySpan<T> records)
    {
        IReadOnlyList<Column<T>> columns = table.Shape.Columns;
        var arrays = new NpgsqlParameter[columns.Count + 1];
        for (int column = 0; column < columns.Count; column++)
        {
            arrays[column] = columns[column].ToArray(records, _types[column]);
        }

        var deletes = new bool[records.Length];
        for (int i = 0; i < deletes.Length; i++)
        {
            deletes[i] = Deletes(records[i]);
        }

        arrays[^1] = new NpgsqlParameter<bool[]> { TypedValue = deletes };
        return arrays;
    }

    private bool Deletes(T record) => table.Shape.Deletes?.Invoke(record) ?? false;

    private static async Task<bool> MayMakeTemporaryTablesAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT has_database_privilege(current_database(), 'TEMPORARY')", connection);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
        }
    }
}
