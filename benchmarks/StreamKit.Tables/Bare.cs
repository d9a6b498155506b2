using Npgsql;
using NpgsqlTypes;

namespace StreamKit.Tables;

/// <summary>What somebody writes who has Npgsql and nothing else: one transaction for each batch.</summary>
internal static class Bare
{
    private const string Merge =
        """
        INSERT INTO counts SELECT page, minute, visits, mean FROM
        (SELECT DISTINCT ON (minute, page) * FROM stage ORDER BY minute, page, no DESC) AS last
        ON CONFLICT (minute, page) DO UPDATE SET visits = excluded.visits, mean = excluded.mean
        """;

    private const string MergeArrays =
        """
        INSERT INTO counts SELECT page, minute, visits, mean FROM
        (SELECT DISTINCT ON (minute, page) * FROM unnest($1, $2, $3, $4)
        WITH ORDINALITY AS rows (page, minute, visits, mean, no) ORDER BY minute, page, no DESC) AS last
        ON CONFLICT (minute, page) DO UPDATE SET visits = excluded.visits, mean = excluded.mean
        """;

    /// <summary>How many rows are committed together, here and by the sinks.</summary>
    public static int BatchRows { get; set; } = 10_000;

    public static async Task CopyAsync(NpgsqlConnection connection, PageCount[] rows, bool waits)
    {
        foreach (PageCount[] batch in rows.Chunk(BatchRows))
        {
            await CopyAsync(connection, "counts (page, minute, visits, mean)", batch, waits, numbered: false);
        }
    }

    public static async Task StageAsync(NpgsqlConnection connection, PageCount[] rows)
    {
        await ExecuteAsync(
            connection,
            "CREATE TEMPORARY TABLE IF NOT EXISTS stage ON COMMIT DELETE ROWS AS "
            + "SELECT page, minute, visits, mean, 0::bigint AS no FROM counts WITH NO DATA");
        foreach (PageCount[] batch in rows.Chunk(BatchRows))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await CopyAsync(connection, "stage (page, minute, visits, mean, no)", batch, waits: false, numbered: true);
            await ExecuteAsync(connection, Merge);
            await transaction.CommitAsync();
        }
    }

    public static async Task ArraysAsync(NpgsqlConnection connection, PageCount[] rows)
    {
        foreach (PageCount[] batch in rows.Chunk(BatchRows))
        {
            await using var command = new NpgsqlCommand(MergeArrays, connection);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. batch.Select(r => r.Page)] });
            command.Parameters.Add(
                new NpgsqlParameter<DateTime[]> { TypedValue = [.. batch.Select(r => r.Minute.UtcDateTime)] });
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. batch.Select(r => r.Visits)] });
            command.Parameters.Add(new NpgsqlParameter<double[]> { TypedValue = [.. batch.Select(r => r.Mean)] });
            await command.ExecuteNonQueryAsync();
        }
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection, string target, PageCount[] batch, bool waits, bool numbered)
    {
        await using NpgsqlBinaryImporter rows =
            await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT BINARY)");
        long number = 0;
        foreach (PageCount row in batch)
        {
            if (waits)
            {
                await rows.StartRowAsync();
                await rows.WriteAsync(row.Page, NpgsqlDbType.Text);
                await rows.WriteAsync(row.Minute.UtcDateTime, NpgsqlDbType.TimestampTz);
                await rows.WriteAsync(row.Visits, NpgsqlDbType.Bigint);
                await rows.WriteAsync(row.Mean, NpgsqlDbType.Double);
            }
            else
            {
                Write(rows, row, numbered ? number++ : null);
            }
        }

        await rows.CompleteAsync();
    }

    private static void Write(NpgsqlBinaryImporter rows, PageCount row, long? number)
    {
        rows.StartRow();
        rows.Write(row.Page, NpgsqlDbType.Text);
        rows.Write(row.Minute.UtcDateTime, NpgsqlDbType.TimestampTz);
        rows.Write(row.Visits, NpgsqlDbType.Bigint);
        rows.Write(row.Mean, NpgsqlDbType.Double);
        if (number is { } given)
        {
            rows.Write(given, NpgsqlDbType.Bigint);
        }
    }
}
