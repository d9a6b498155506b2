using System.Globalization;
using System.Text;
using StackExchange.Redis;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Redis.Writing;

/// <summary>Names keys after windows, as "counts:{start}".</summary>
/// <remarks>{{ and }} stand for braces; {start:yyyyMMdd} gives the instant a form of its own.</remarks>
internal sealed class WindowKeys
{
    // Windows that are open at the same time; what is not here is written out again.
    private const int MostRemembered = 1024;

    private readonly List<Func<Window, string>> _parts;
    private readonly Dictionary<Window, RedisKey> _known = [];

    private WindowKeys(List<Func<Window, string>> parts) => _parts = parts;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">It names no window, or something else.</exception>
    public static Func<WindowKeys> Parse(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        var parts = new List<Func<Window, string>>();
        var text = new StringBuilder();
        bool namesWindow = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c is '{' or '}' && i + 1 < pattern.Length && pattern[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{' && pattern.IndexOf('}', i) is > 0 and int end)
            {
                string before = text.ToString();
                text.Clear();
                parts.Add(_ => before);
                parts.Add(PartOf(pattern[(i + 1)..end]));
                namesWindow = true;
                i = end;
            }
            else
            {
                text.Append(c is '{' or '}' ? throw Wrong($"a '{c}' has no partner") : c);
            }
        }

        string rest = text.ToString();
        parts.Add(_ => rest);
        return namesWindow
            ? () => new WindowKeys(parts)
            : throw Wrong("it names neither {start} nor {end}, so that windows would overwrite each other");

        ArgumentException Wrong(string why) => new($"'{pattern}' cannot name the keys of windows: {why}.");

        Func<Window, string> PartOf(string name)
        {
            int colon = name.IndexOf(':', StringComparison.Ordinal);
            string? format = colon < 0 ? null : name[(colon + 1)..];
            return (colon < 0 ? name : name[..colon]) switch
            {
                "start" => window => Show(window.StartTime, format),
                "end" => window => Show(window.EndTime, format),
                _ => throw Wrong("in braces stand {start} and {end} only; write a brace twice to keep it"),
            };
        }
    }

    public RedisKey Of(Window window)
    {
        if (!_known.TryGetValue(window, out RedisKey key))
        {
            if (_known.Count == MostRemembered)
            {
                _known.Clear();
            }

            key = string.Concat(_parts.Select(part => part(window)));
            _known.Add(window, key);
        }

        return key;
    }

    private static string Show(Timestamp instant, string? format) => format is null
        ? instant.ToString()
        : instant.ToDateTimeOffset().ToString(format, CultureInfo.InvariantCulture);
}
