using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StreamKit.Checkpointing;

/// <summary>
/// Turns any text into a file name that means the same on every system, stays in its directory and can still be read:
/// "Clicks/Count" becomes "!clicks%2f!count".
/// </summary>
/// <remarks>
/// Two texts never share a name, also where a file system does not tell upper case from lower: a capital is written as
/// '!' and the small letter. All but small letters, digits, '-', '_' and '.' is written as '%' and its bytes in UTF-8.
/// What gets too long is cut, and told apart by a digest.
/// </remarks>
internal static class FileNames
{
    private const int LongestName = 180;
    private const int DigestBytes = 16;

    // Windows takes these for devices, whatever follows the first dot.
    private static readonly string[] s_devices =
    [
        "con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(static n => new[] { $"com{n}", $"lpt{n}" }),
    ];

    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    // Text that is no text (half a surrogate pair) has no bytes of its own, so it would share those of another.
    private static readonly UTF8Encoding s_utf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    public static string Of(string text)
    {
        var name = new StringBuilder(text.Length);
        bool isDevice = s_devices.Contains(text.Split('.')[0]);
        Span<byte> bytes = stackalloc byte[4];
        _ = s_utf8.GetByteCount(text);
        int end = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Windows drops a dot at the end, and elsewhere one at the beginning hides the file.
            end += rune.Utf16SequenceLength;
            bool isEdge = name.Length == 0 || end == text.Length;
            if (rune.IsBmp && s_plain.Contains((char)rune.Value) && !(rune.Value == '.' && isEdge)
                && !(isDevice && name.Length == 0))
            {
                name.Append((char)rune.Value);
            }
            else if (rune.IsAscii && char.IsAsciiLetterUpper((char)rune.Value))
            {
                name.Append('!').Append(char.ToLowerInvariant((char)rune.Value));
            }
            else
            {
                foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    name.Append(CultureInfo.InvariantCulture, $"%{value:x2}");
                }
            }
        }

        return name.Length <= LongestName ? name.ToString() : Cut(name.ToString(), text);
    }

    /// <summary>
    /// The text that a name was made of, unless it was cut; a name that somebody else made is itself.
    /// </summary>
    public static string Read(string name)
    {
        var bytes = new List<byte>(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '!' && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]))
            {
                bytes.Add((byte)char.ToUpperInvariant(name[++i]));
            }
            else if (name[i] == '%' && i + 2 < name.Length
                && byte.TryParse(
                    name.AsSpan(i + 1, 2),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out byte value))
            {
                bytes.Add(value);
                i += 2;
            }
            else if (char.IsAscii(name[i]))
            {
                bytes.Add((byte)name[i]);
            }
            else
            {
                return name;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Cut(string name, string text)
    {
        byte[] digest = SHA256.HashData(s_utf8.GetBytes(text));
        string end = '~' + Convert.ToHexStringLower(digest.AsSpan(0, DigestBytes));
        return name[..(LongestName - end.Length)] + end;
    }
}
