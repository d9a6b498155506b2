namespace StreamKit.PostgreSql.Writing;

/// <summary>The statement by which rows replace each other; they come as one array for each column.</summary>
/// <remarks>
/// One statement may touch a row only once, so of the rows that share a key the last one is taken, by what the server
/// takes for equal: it cuts instants to the microsecond, and a column may ignore case. Rows go in the order of the key,
/// so that two writers of one table wait for each other and never in a circle.
/// </remarks>
internal static class MergeStatement
{
    /// <param name="table">The table.</param>
    /// <param name="types">The types of its columns.</param>
    /// <returns>
    /// The statement. Its parameters are the arrays of the columns and then one that says which rows delete.
    /// </returns>
    public static string Of<T>(Table<T> table, IReadOnlyList<string> types)
    {
        RowShape<T> shape = table.Shape;
        string arrays = Join(Enumerable.Range(1, shape.Columns.Count + 1).Select(static i => $"${i}"));
        string names = Join(shape.Columns.Select((column, i) => column.FromElement(types[i])));
        string last = $"SELECT DISTINCT ON ({shape.KeyNames}) {names}, streamkit_deletes FROM unnest({arrays}) "
            + $"WITH ORDINALITY AS given ({shape.Names}, streamkit_deletes, streamkit_ordinal) "
            + $"ORDER BY {shape.KeyNames}, streamkit_ordinal DESC";
        string assignments = Join(shape.Values.Select(static c => $"{c.Sql} = excluded.{c.Sql}"));
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

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);
}
