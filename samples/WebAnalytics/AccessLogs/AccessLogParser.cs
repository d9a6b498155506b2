using System.Globalization;
using System.Text;

namespace WebAnalytics.AccessLogs;

/// <summary>Reads lines in the Common Log Format; what the Combined one writes behind it is passed over.</summary>
/// <remarks><c>host ident user [day/month/year:hour:minute:second offset] "request" status bytes</c></remarks>
internal static class AccessLogParser
{
    private const string TimeFormat = "dd/MMM/yyyy:HH:mm:ss zzz";

    /// <summary>Reads one line.</summary>
    /// <returns>True; no line is passed over.</returns>
    /// <exception cref="FormatException">The line is not in the format.</exception>
    public static bool Parse(ReadOnlySpan<byte> line, out LogRequest? request)
    {
        string text = Encoding.UTF8.GetString(line);
        int timeFrom = text.IndexOf(" [", StringComparison.Ordinal);
        int timeTo = timeFrom < 0 ? -1 : text.IndexOf(']', timeFrom);
        if (timeTo < 0)
        {
            throw new FormatException("there is no time in brackets");
        }

        string client = Client(text.AsSpan(0, timeFrom));
        DateTimeOffset time = Time(text.AsSpan(timeFrom + 2, timeTo - timeFrom - 2));
        ReadOnlySpan<char> rest = text.AsSpan(timeTo + 1);
        string asked = Quoted(ref rest);
        int status = (int)(Number(ref rest, "status", digits: 3) ?? throw new FormatException("there is no status"));
        long bytes = Number(ref rest, "number of bytes", digits: 18) ?? 0;
        (string method, string target) = Split(asked);
        request = new LogRequest(client, time, method, target, status, bytes);
        return true;
    }

    private static string Client(ReadOnlySpan<char> names)
    {
        int end = names.IndexOf(' ');
        return end > 0 && names[(end + 1)..].Contains(' ')
            ? names[..end].ToString()
            : throw new FormatException("host, identity and user do not stand before the time");
    }

    private static DateTimeOffset Time(ReadOnlySpan<char> text) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new FormatException($"'{text}' is no time such as 17/May/2015:10:05:03 +0000");

    // Servers write a quote inside of the request as \" and a backslash as \\.
    private static string Quoted(ref ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith(" \""))
        {
            throw new FormatException("there is no request in quotes behind the time");
        }

        var inside = new StringBuilder();
        for (int at = 2; at < rest.Length; at++)
        {
            if (rest[at] == '"')
            {
                rest = rest[(at + 1)..];
                return inside.ToString();
            }

            if (rest[at] == '\\' && at + 1 < rest.Length && rest[at + 1] is '"' or '\\')
            {
                at++;
            }

            inside.Append(rest[at]);
        }

        throw new FormatException("the quotes of the request are not closed");
    }

    // Null for a hyphen, which says that there was none.
    private static long? Number(ref ReadOnlySpan<char> rest, string what, int digits)
    {
        ReadOnlySpan<char> word = rest.StartsWith(" ") ? rest[1..] : default;
        int end = word.IndexOf(' ') is >= 0 and var space ? space : word.Length;
        long number = 0;
        bool none = word[..end] is "-";
        if (end == 0
            || end > digits
            || (!none && !long.TryParse(word[..end], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
        {
            throw new FormatException($"there is no {what} behind the request");
        }

        rest = word[end..];
        return none ? null : number;
    }

    // Attackers and time-outs leave requests that are none; they are requests of the client nevertheless.
    private static (string Method, string Target) Split(string asked)
    {
        string[] parts = asked.Split(' ');
        return parts.Length is 2 or 3 && parts.All(part => part.Length > 0) ? (parts[0], parts[1]) : ("-", "-");
    }
}
