using System.Text;

namespace StreamKit.PostgreSql.Connections;

/// <summary>Names in statements.</summary>
internal static class SqlName
{
    // The server cuts longer names without an error, and two names would become one.
    private const int LongestBytes = 63;

    /// <summary>A name between quotes, so that it means itself whatever it holds.</summary>
    /// <exception cref="ArgumentException">It cannot be a name.</exception>
    public static string Quote(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('\0') || Encoding.UTF8.GetByteCount(name) > LongestBytes)
        {
            throw new ArgumentException(
                $"'{name}' cannot be a name in PostgreSQL: it is longer than {LongestBytes} bytes, or holds a null "
                + "character.",
                nameof(name));
        }

        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
