using System.Globalization;

namespace StreamKit.Social.Bluesky;

/// <summary>How far Jetstream was delivered.</summary>
/// <param name="Delivered">How many posts were delivered.</param>
/// <param name="Cursor">The time of the last event in microseconds since 1970; null before the first.</param>
/// <param name="Known">What was delivered and may come again.</param>
internal readonly record struct JetstreamPosition(
    long Delivered,
    long? Cursor,
    IReadOnlyList<(long Cursor, string Key)> Known)
{
    internal static string Write(long delivered, long? cursor, IEnumerable<string> known) => string.Create(
        CultureInfo.InvariantCulture, $"{delivered} {cursor ?? -1} {string.Join(',', known)}");

    internal static string TextOf(long cursor, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{cursor}|{key}");

    internal static JetstreamPosition Parse(string position)
    {
        string[] parts = position.Split(' ');
        if (parts.Length != 3 || !IsNumber(parts[0], out long delivered) || !IsNumber(parts[1], out long cursor))
        {
            throw Wrong();
        }

        var known = new List<(long, string)>();
        foreach (string entry in parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = entry.Split('|', 2);
            known.Add(fields.Length == 2 && IsNumber(fields[0], out long at) ? (at, fields[1]) : throw Wrong());
        }

        return new JetstreamPosition(delivered, cursor < 0 ? null : cursor, known);
    }

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static FormatException Wrong() => new("This is no position of Jetstream.");
}
