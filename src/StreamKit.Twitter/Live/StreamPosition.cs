using System.Buffers;
using System.Globalization;

namespace StreamKit.Twitter.Live;

/// <summary>How far a filtered stream was delivered, and what back-fill would bring again.</summary>
/// <param name="Delivered">How many posts were delivered.</param>
/// <param name="At">When the last of them came in; null when there was none.</param>
/// <param name="Ids">The ids of those that may come again.</param>
internal readonly record struct StreamPosition(long Delivered, DateTimeOffset? At, IReadOnlyCollection<long> Ids)
{
    // Far longer than any one id or count can be.
    private const int MaxVarintBytes = 10;

    private static readonly char[] s_separator = [' '];

    /// <summary>
    /// Writes it as count, milliseconds since 1970 and ids: sorted, each as its distance from the one before, in as
    /// few bytes as that takes, since there may be a hundred thousand.
    /// </summary>
    public override string ToString()
    {
        var bytes = new ArrayBufferWriter<byte>();
        long before = 0;
        foreach (long id in Ids.Order())
        {
            WriteVarint(bytes, (ulong)(id - before));
            before = id;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Delivered} {At?.ToUnixTimeMilliseconds() ?? -1} {Convert.ToBase64String(bytes.WrittenSpan)}");
    }

    internal static StreamPosition Parse(string position)
    {
        string[] parts = position.Split(s_separator);
        if (parts.Length != 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long delivered)
            || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long at)
            || ReadIds(parts[2]) is not { } ids)
        {
            throw new FormatException("This is no position of a filtered stream.");
        }

        return new StreamPosition(delivered, at < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(at), ids);
    }

    private static void WriteVarint(ArrayBufferWriter<byte> bytes, ulong value)
    {
        Span<byte> room = bytes.GetSpan(MaxVarintBytes);
        int count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            room[count++] = (byte)(value | 0x80);
        }

        room[count++] = (byte)value;
        bytes.Advance(count);
    }

    private static List<long>? ReadIds(string text)
    {
        byte[] bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out int length))
        {
            return null;
        }

        var ids = new List<long>();
        long before = 0;
        ulong value = 0;
        int shift = 0;
        foreach (byte part in bytes.AsSpan(0, length))
        {
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
            if (part < 0x80)
            {
                before += (long)value;
                ids.Add(before);
                (value, shift) = (0, 0);
            }
        }

        return shift == 0 ? ids : null;
    }
}
