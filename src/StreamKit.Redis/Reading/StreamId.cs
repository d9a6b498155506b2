using System.Globalization;
using StackExchange.Redis;

namespace StreamKit.Redis.Reading;

/// <summary>The ID of an entry: milliseconds since 1970 by the server's clock, and a number among those.</summary>
internal readonly record struct StreamId(ulong Milliseconds, ulong Sequence) : IComparable<StreamId>
{
    public static bool operator <=(StreamId left, StreamId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamId left, StreamId right) => left.CompareTo(right) >= 0;

    public static bool TryParse(ReadOnlySpan<char> text, out StreamId id)
    {
        id = default;
        int dash = text.IndexOf('-');
        if (dash < 0
            || !ulong.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out ulong milliseconds)
            || !ulong.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong sequence))
        {
            return false;
        }

        id = new(milliseconds, sequence);
        return true;
    }

    public static StreamId Parse(RedisValue text) => TryParse((string?)text, out StreamId id)
        ? id
        : throw new FormatException($"'{text}' is not the ID of an entry of a stream.");

    public int CompareTo(StreamId other)
    {
        int byTime = Milliseconds.CompareTo(other.Milliseconds);
        return byTime != 0 ? byTime : Sequence.CompareTo(other.Sequence);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");
}
