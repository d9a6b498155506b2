using System.Globalization;
using System.Text;
using Npgsql;

namespace StreamKit.PostgreSql.Writing;

/// <summary>A column of arrays.</summary>
/// <remarks>
/// PostgreSQL has no arrays of arrays, only such of several dimensions, in which all rows are of one length. So where
/// values travel as arrays, these are written as text, which the server reads.
/// </remarks>
internal sealed class ListColumn<T, TElement>(string name, Func<T, TElement[]?> value, string type, bool isKey)
    : Column<T>(name, type, isKey, isNullable: true)
{
    public override Task WriteAsync(
        NpgsqlBinaryImporter rows, T record, string type, CancellationToken cancellationToken) =>
        value(record) is { } present
            ? rows.WriteAsync(present, type, cancellationToken)
            : rows.WriteNullAsync(cancellationToken);

    public override NpgsqlParameter ToArray(ReadOnlySpan<T> records, string type)
    {
        string?[] texts = new string?[records.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = value(records[i]) is { } present ? TextOf(present) : null;
        }

        return new NpgsqlParameter<string?[]> { TypedValue = texts, DataTypeName = "text[]" };
    }

    public override string FromElement(string type) => $"{Sql}::{type} AS {Sql}";

    // Every element between quotes, so that none is taken for a null or for the end of the array.
    private static string TextOf(TElement[] values)
    {
        var text = new StringBuilder("{");
        foreach (TElement element in values)
        {
            text.Append(text.Length > 1 ? "," : "");
            if (element is null)
            {
                text.Append("NULL");
                continue;
            }

            string plain = string.Create(CultureInfo.InvariantCulture, $"{element}");
            text.Append('"')
                .Append(plain
                    .Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"');
        }

        return text.Append('}').ToString();
    }
}
