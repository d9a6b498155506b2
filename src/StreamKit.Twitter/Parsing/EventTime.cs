using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>The ways in which the service writes a time.</summary>
internal static class EventTime
{
    // "Wed Aug 27 13:08:45 +0000 2008"
    private const string V1Format = "ddd MMM dd HH:mm:ss zzz yyyy";
    private const int V1Length = 30;

    // Ids since November 2010 hold, above their lowest 22 bits, the milliseconds since this moment.
    private const long SnowflakeEpochMs = 1288834974657;
    private const int SnowflakeShift = 22;

    private static readonly long s_minMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_maxMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time inside a positive id.</summary>
    internal static DateTimeOffset OfId(long id) =>
        DateTimeOffset.FromUnixTimeMilliseconds((id >> SnowflakeShift) + SnowflakeEpochMs);

    /// <summary>Reads any of the three forms; ISO 8601 without an offset is UTC.</summary>
    internal static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out long number) && TryFromMs(number, out time);
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        if (!reader.ValueIsEscaped)
        {
            if (Utf8Parser.TryParse(reader.ValueSpan, out long ms, out int used) && used == reader.ValueSpan.Length)
            {
                return TryFromMs(ms, out time);
            }

            if (TryReadV1(reader.ValueSpan, out time))
            {
                return true;
            }
        }

        return TryReadIso(ref reader, out time);
    }

    private static bool TryFromMs(long ms, out DateTimeOffset time)
    {
        bool possible = ms >= s_minMs && ms <= s_maxMs;
        time = possible ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : default;
        return possible;
    }

    private static bool TryReadV1(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        Span<char> chars = stackalloc char[V1Length];
        time = default;
        return text.Length == V1Length
            && Ascii.ToUtf16(text, chars, out _) == System.Buffers.OperationStatus.Done
            && DateTimeOffset.TryParseExact(chars, V1Format, CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal, out time);
    }

    private static bool TryReadIso(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        // Without an offset TryGetDateTimeOffset would take the machine's own time zone.
        if (reader.TryGetDateTime(out DateTime plain) && plain.Kind == DateTimeKind.Unspecified)
        {
            time = new DateTimeOffset(plain, TimeSpan.Zero);
            return true;
        }

        bool read = reader.TryGetDateTimeOffset(out time);
        time = time.ToUniversalTime();
        return read;
    }
}
