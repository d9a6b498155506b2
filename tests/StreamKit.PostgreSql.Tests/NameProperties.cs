using System.Text;
using FsCheck.Xunit;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Tests;

public sealed class NameProperties
{
    [Property]
    public bool ATableMeansItselfWhateverItsNamesHold(string? schema, string? table)
    {
        (string first, string second) = (NameOf(schema), NameOf(table));
        var parsed = TableName.Parse($"{SqlName.Quote(first)}.{SqlName.Quote(second)}");
        return parsed.Sql == new TableName(first, second).Sql && parsed.ToString() == $"{first}.{second}"
            && Unquoted(parsed.Sql[..SqlName.Quote(first).Length]) == first;
    }

    // Every quote within a name is doubled, so the name ends at the first that is not.
    private static string Unquoted(string quoted)
    {
        var name = new StringBuilder();
        for (int i = 1; i < quoted.Length - 1; i++)
        {
            name.Append(quoted[i]);
            i += quoted[i] == '"' && quoted[i + 1] == '"' ? 1 : 0;
        }

        return name.ToString();
    }

    private static string NameOf(string? text)
    {
        string name = (text ?? "").Replace("\0", "\"", StringComparison.Ordinal);
        return name.Length == 0 || Encoding.UTF8.GetByteCount(name) > 63 ? "a.b" : name;
    }
}
