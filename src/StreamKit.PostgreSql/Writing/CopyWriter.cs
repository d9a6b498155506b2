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
            Fill(rows, records.Span);
            await rows.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Fill(NpgsqlBinaryImporter rows, ReadOnlySpan<T> records)
    {
        foreach (T record in records)
        {
            rows.StartRow();
            for (int i = 0; i < _types.Length; i++)
            {
                table.Shape.Columns[i].Write(rows, record, _types[i]);
            }
        }
    }
}
