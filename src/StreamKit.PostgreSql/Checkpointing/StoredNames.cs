using System.Security.Cryptography;
using System.Text;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>Turns any text into one that a column and its index can hold; two texts never become one.</summary>
internal static class StoredNames
{
    private const int Longest = 300;
    private const int DigestBytes = 16;

    // Text that is no text (half a surrogate pair) has no bytes of its own, so it would share those of another.
    private static readonly UTF8Encoding s_utf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text is empty, or holds half of a surrogate pair.</exception>
    public static string Of(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        byte[] bytes = s_utf8.GetBytes(text);

        // A text column holds every character but this one.
        string name = text
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\0", "%00", StringComparison.Ordinal);
        if (name.Length <= Longest)
        {
            return name;
        }

        // Nothing else puts a '%' before a '~', so no whole name is taken for one that was cut.
        string end = "%~" + Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, DigestBytes));
        int length = Longest - end.Length;
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)] + end;
    }
}
