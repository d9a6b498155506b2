namespace StreamKit.PostgreSql.Writing;

/// <summary>The statements by which rows replace each other.</summary>
/// <remarks>
/// One statement may touch a row only once, so of the rows that share a key the last one is taken, by what the server
/// takes for equal: it cuts instants to the microsecond, and a column may ignore case. Rows go in the order of the key,
/// so that two writers of one table wait for each other and never in a circle.
/// </remarks>
internal sealed class MergeStatement<T>
{
    private const string Stage = "pg_temp.streamkit_stage";
    private const string Extra = "streamkit_ordinal, streamkit_deletes";

    public MergeStatement(Table<T> table)
    {
        RowShape<T> shape = table.Shape;
        MakeStage =
        [
            $"DROP TABLE IF EXISTS {Stage}",
            "CREATE TEMPORARY TABLE streamkit_stage ON COMMIT DELETE ROWS AS "
            + $"SELECT {shape.Names}, 0::bigint AS streamkit_ordinal, false AS streamkit_deletes "
            + $"FROM {table.Sql} WITH NO DATA",
        ];
        CopyToStage = $"COPY {Stage} ({shape.Names}, {Extra}) FROM STDIN (FORMAT BINARY)";
        FromStage = Merge(table, Stage);
        string arrays = RowShape<T>.Join(Enumerable.Range(1, shape.Columns.Count + 1).Select(static i => $"${i}"));
        FromArrays = Merge(
            table,
            $"unnest({arrays}) WITH ORDINALITY AS stage ({shape.Names}, streamkit_deletes, streamkit_ordinal)");
    }

    /// <summary>Makes the temporary table; its rows go with each transaction.</summary>
    public IReadOnlyList<string> MakeStage { get; }

    public string CopyToStage { get; }

    public string FromStage { get; }

    public string FromArrays { get; }

    private static string Merge(Table<T> table, string source)
    {
        RowShape<T> shape = table.Shape;
        string last = $"SELECT DISTINCT ON ({shape.KeyNames}) * FROM {source} "
            + $"ORDER BY {shape.KeyNames}, streamkit_ordinal DESC";
        string assignments = RowShape<T>.Join(shape.Values.Select(static c => $"{c.Sql} = excluded.{c.Sql}"));
        string conflict = $"ON CONFLICT ({shape.KeyNames}) DO "
            + (assignments.Length == 0 ? "NOTHING" : $"UPDATE SET {assignments}");
        string insert = $"INSERT INTO {table.Sql} ({shape.Names}) SELECT {shape.Names} FROM";
        if (shape.Deletes is null)
        {
            return $"{insert} ({last}) AS last {conflict}";
        }

        string same = string.Join(" AND ", shape.Keys.Select(static c => $"target.{c.Sql} = last.{c.Sql}"));
        return $"WITH last AS ({last}), gone AS (DELETE FROM {table.Sql} AS target USING last "
            + $"WHERE last.streamkit_deletes AND {same}) "
            + $"{insert} last WHERE NOT streamkit_deletes {conflict}";
    }
}
