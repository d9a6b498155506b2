using Npgsql;

namespace StreamKit.PostgreSql.Writing;

/// <summary>Appends rows by COPY.</summary>
internal sealed class CopyWriter<T>(Table<T> table) : RowWriter<T>
{
    private readonly string _copy = $"COPY {table.Sql} ({table.Shape.Names}) FROM STDIN (FORMAT BINARY)";
    private string[] _types = [];

    public override async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        _types = await table.OpenAsync(connection, cancellationToken).ConfigureAwait(false);

    public override async Task WriteAsync(
        NpgsqlConnection connection, ReadOnlyMemory<T> records, CancellationToken cancellationToken)
    {
        NpgsqlBinaryImporter rows = await connection
            .BeginBinaryImportAsync(_copy, cancellationToken)
            .ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            await FillAsync(rows, records, cancellationToken).ConfigureAwait(false);
            await rows.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FillAsync(
        NpgsqlBinaryImporter rows, ReadOnlyMemory<T> records, CancellationToken cancellationToken)
    {
        IReadOnlyList<Column<T>> columns = table.Shape.Columns;
        for (int i = 0; i < records.Length; i++)
        {
            T record = records.Span[i];
            await rows.StartRowAsync(cancellationToken).ConfigureAwait(false);
            for (int column = 0; column < columns.Count; column++)
            {
                await columns[column]
                    .WriteAsync(rows, record, _types[column], cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }
}
