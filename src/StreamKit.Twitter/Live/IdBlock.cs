using System.Buffers;

namespace StreamKit.Twitter.Live;

/// <summary>Some ids that were delivered one after the other, with their text in a position.</summary>
/// <param name="Ids">The ids.</param>
/// <param name="Text">
/// Each id as its distance from the one before, in as few bytes as that takes; all of them in base 64.
/// </param>
/// <param name="Until">When the last of them came in.</param>
internal sealed record IdBlock(long[] Ids, string Text, DateTimeOffset Until)
{
    private const int MaxVarintBytes = 10;

    internal static IdBlock Of(IReadOnlyCollection<long> ids, DateTimeOffset until) =>
        new([.. ids], Write(ids), until);

    /// <summary>Reads the text of a block.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static IdBlock Parse(string text, DateTimeOffset until)
    {
        byte[] bytes = Convert.FromBase64String(text);
        var ids = new List<long>();
        long before = 0;
        ulong value = 0;
        int shift = 0;
        foreach (byte part in bytes)
        {
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
            if (part < 0x80)
            {
                // The lowest bit is the sign: an id may be smaller than the one before.
                before += (long)(value >> 1) ^ -(long)(value & 1);
                ids.Add(before);
                (value, shift) = (0, 0);
            }
        }

        return shift == 0 ? new IdBlock([.. ids], text, until) : throw new FormatException("The last id is cut off.");
    }

    internal static string Write(IReadOnlyCollection<long> ids)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(1, ids.Count * MaxVarintBytes));
        long before = 0;
        foreach (long id in ids)
        {
            long distance = id - before;
            WriteVarint(bytes, (ulong)((distance << 1) ^ (distance >> 63)));
            before = id;
        }

        return Convert.ToBase64String(bytes.WrittenSpan);
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
}
