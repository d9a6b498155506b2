namespace StreamKit.PostgreSql.Connections;

/// <summary>The name of a table, with its schema or without.</summary>
/// <param name="schema">The schema; null: the first of the search path that has the table.</param>
/// <param name="table">The table.</param>
internal sealed class TableName(string? schema, string table)
{
    private readonly string _prefix = schema is null ? "" : SqlName.Quote(schema) + ".";

    /// <summary>The name as it stands in statements.</summary>
    public string Sql => _prefix + SqlName.Quote(table);

    public override string ToString() => schema is null ? table : $"{schema}.{table}";

    /// <summary>Reads "table" or "schema.table"; a name that holds a dot or a quote stands in quotes.</summary>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    public static TableName Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        string rest = text;
        string first = TakeName(text, ref rest);
        if (rest.Length == 0)
        {
            return new TableName(null, Checked(first));
        }

        rest = rest[1..];
        string second = TakeName(text, ref rest);
        return rest.Length == 0 ? new TableName(Checked(first), Checked(second)) : throw IsNoName(text);
    }

    /// <summary>A table beside this one.</summary>
    public TableName Beside(string other) => new(schema, other);

    /// <summary>Takes a name off the beginning; what is left is empty, or begins with a dot.</summary>
    private static string TakeName(string text, ref string rest)
    {
        if (!rest.StartsWith('"'))
        {
            int dot = rest.IndexOf('.', StringComparison.Ordinal);
            string plain = dot < 0 ? rest : rest[..dot];
            rest = dot < 0 ? "" : rest[dot..];
            return plain.Length > 0 && !plain.Contains('"', StringComparison.Ordinal) ? plain : throw IsNoName(text);
        }

        int end = 1;
        while ((end = rest.IndexOf('"', end)) >= 0 && end + 1 < rest.Length && rest[end + 1] == '"')
        {
            end += 2;
        }

        if (end < 2 || (end + 1 < rest.Length && rest[end + 1] != '.'))
        {
            throw IsNoName(text);
        }

        string quoted = rest[1..end].Replace("\"\"", "\"", StringComparison.Ordinal);
        rest = rest[(end + 1)..];
        return quoted;
    }

    private static string Checked(string name)
    {
        _ = SqlName.Quote(name);
        return name;
    }

    private static ArgumentException IsNoName(string text) => new(
        $"'{text}' names no table. Say \"table\" or \"schema.table\", and put a name that holds a dot or a quote into "
        + "quotes of its own.",
        nameof(text));
}
