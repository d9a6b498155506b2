namespace StreamKit.PostgreSql.Writing;

/// <summary>The columns of a sink.</summary>
/// <param name="Columns">The columns in their order.</param>
/// <param name="Deletes">Which records delete the row of their key; null: none.</param>
internal sealed record RowShape<T>(IReadOnlyList<Column<T>> Columns, Func<T, bool>? Deletes)
{
    /// <summary>The names, as they stand in statements.</summary>
    public string Names => Join(Columns.Select(static column => column.Sql));

    public string KeyNames => Join(Keys.Select(static column => column.Sql));

    public IEnumerable<Column<T>> Keys => Columns.Where(static column => column.IsKey);

    public IEnumerable<Column<T>> Values => Columns.Where(static column => !column.IsKey);

    public static string Join(IEnumerable<string> parts) => string.Join(", ", parts);
}
