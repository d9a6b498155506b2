using Npgsql;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>Replaces rows by their key.</summary>
internal sealed class MergeWriter<T>(Table<T> table, int batchRecords, Database database) : RowWriter<T>
{
    private string[] _types = [];
    private string _statement = "";

    public override async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        _types = await table.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
        _statement = MergeStatement.Of(table, _types);
        try
        {
            // Writes nothing, and tells now what the first rows would meet.
            await Statements
                .ExecuteAsync(connection, $"EXPLAIN {_statement}", cancellationToken, ArraysOf(default))
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
        while (!records.IsEmpty)
        {
            int count = Math.Min(records.Length, batchRecords);
            await Statements
                .ExecuteAsync(connection, _statement, cancellationToken, ArraysOf(records.Span[..count]))
                .ConfigureAwait(false);
            records = records[count..];
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
        if (table.Shape.Deletes is { } condition)
        {
            for (int i = 0; i < deletes.Length; i++)
            {
                deletes[i] = condition(records[i]);
            }
        }

        arrays[^1] = new NpgsqlParameter<bool[]> { TypedValue = deletes };
        return arrays;
    }
}
