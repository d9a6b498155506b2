using Npgsql;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>A column of a table that records are written to.</summary>
internal abstract class Column<T>(string name, string type, bool isKey, bool isNullable)
{
    public string Name => name;

    public bool IsKey => isKey;

    /// <summary>The name as it stands in statements.</summary>
    public string Sql { get; } = SqlName.Quote(name);

    /// <summary>Its line in CREATE TABLE.</summary>
    public string Definition => $"{Sql} {type}{(isNullable && !isKey ? "" : " NOT NULL")}";

    /// <summary>Appends the value of a record to a row that is being copied.</summary>
    public abstract Task WriteAsync(
        NpgsqlBinaryImporter rows, T record, string type, CancellationToken cancellationToken);

    /// <summary>The values of records as one array.</summary>
    public abstract NpgsqlParameter ToArray(ReadOnlySpan<T> records, string type);

    /// <summary>How a statement makes the value of an element of that array.</summary>
    public virtual string FromElement(string type) => Sql;
}
