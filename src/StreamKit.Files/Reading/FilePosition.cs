using System.Globalization;

namespace StreamKit.Files.Reading;

/// <summary>Where a record begins: "o=1234;l=17", and in concatenated files "o=1234;l=17;f=name".</summary>
/// <param name="Offset">The bytes before it; in a compressed file those of the content.</param>
/// <param name="Line">Its first line, from 1; in a file of MessagePack objects its number, from 1.</param>
/// <param name="File">The name of the file, where a split has several.</param>
internal readonly record struct FilePosition(long Offset, long Line, string? File = null)
{
    public static FilePosition Start => new(0, 1);

    public static FilePosition Parse(string text)
    {
        string[] parts = text.Split(';', 3);
        if (parts.Length >= 2
            && TryNumber(parts[0], "o=", 0, out long offset)
            && TryNumber(parts[1], "l=", 1, out long line)
            && (parts.Length == 2 || parts[2].StartsWith("f=", StringComparison.Ordinal)))
        {
            return new FilePosition(offset, line, parts.Length == 2 ? null : parts[2][2..]);
        }

        throw new FormatException($"'{text}' is no position in a file: expected a form like 'o=1234;l=17'.");
    }

    public override string ToString() => File is null
        ? string.Create(CultureInfo.InvariantCulture, $"o={Offset};l={Line}")
        : string.Create(CultureInfo.InvariantCulture, $"o={Offset};l={Line};f={File}");

    private static bool TryNumber(string text, string prefix, long lowest, out long number)
    {
        number = 0;
        return text.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number >= lowest;
    }
}
