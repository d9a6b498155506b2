using System.Buffers.Text;
using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Reads values of an expected kind; JSON null reads as null.</summary>
/// <remarks>A value of another kind reads as null too and leaves a fault. Whether a fault is an error is known only at
/// the end of the line: in a post it is, in a message of an unknown kind it means nothing.</remarks>
internal sealed class ValueReader
{
    private readonly CodeCache _codes = new();

    /// <summary>The first fault of the line, or null.</summary>
    internal TweetFormatException? Fault { get; set; }

    /// <summary>Makes a string of the current property name or string.</summary>
    /// <exception cref="TweetFormatException">It is not valid Unicode.</exception>
    internal static string Decode(ref Utf8JsonReader reader)
    {
        try
        {
            // Null only for the token null, which no caller passes on.
            return reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException exception)
        {
            throw new TweetFormatException(
                "the text is not valid UTF-8 or holds half a surrogate pair", reader.TokenStartIndex, exception);
        }
    }

    internal void ThrowIfFault()
    {
        if (Fault is not null)
        {
            throw Fault;
        }
    }

    internal void Note(ref Utf8JsonReader reader, string reason) =>
        Fault ??= new TweetFormatException(reason, reader.TokenStartIndex);

    /// <summary>Whether an object starts here; otherwise the value has been passed over.</summary>
    internal bool IsObject(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject || Refuse(ref reader, "an object");

    /// <summary>Whether an array starts here; otherwise the value has been passed over.</summary>
    internal bool IsArray(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartArray || Refuse(ref reader, "an array");

    internal string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Decode(ref reader);
        }

        Refuse(ref reader, "a string");
        return null;
    }

    /// <summary>A short code that many posts share.</summary>
    internal string? Code(ref Utf8JsonReader reader)
    {
        string? known = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
            ? _codes.Find(reader.ValueSpan)
            : null;
        return known ?? Text(ref reader);
    }

    /// <summary>A whole number, written as a number or as a string.</summary>
    internal long? Integer(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
        {
            return number;
        }

        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
            && Utf8Parser.TryParse(reader.ValueSpan, out number, out int used) && used == reader.ValueSpan.Length)
        {
            return number;
        }

        Refuse(ref reader, "a 64-bit whole number");
        return null;
    }

    /// <summary>A positive 64-bit id, written as a number or as a string.</summary>
    internal long? Id(ref Utf8JsonReader reader)
    {
        long? id = Integer(ref reader);
        if (id <= 0)
        {
            Refuse(ref reader, "a positive id");
            return null;
        }

        return id;
    }

    /// <summary>A counter; the service documents 32-bit integers.</summary>
    internal int? Count(ref Utf8JsonReader reader)
    {
        long? number = Integer(ref reader);
        if (number is < 0 or > int.MaxValue)
        {
            Refuse(ref reader, "a count");
            return null;
        }

        return (int?)number;
    }

    internal double? Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number)
            && double.IsFinite(number))
        {
            return number;
        }

        Refuse(ref reader, "a finite number");
        return null;
    }

    /// <summary>A time: ISO 8601, the v1.1 form, or milliseconds since 1970.</summary>
    internal DateTimeOffset? Time(ref Utf8JsonReader reader)
    {
        if (EventTime.TryRead(ref reader, out DateTimeOffset time))
        {
            return time;
        }

        Refuse(ref reader, "a time");
        return null;
    }

    private bool Refuse(ref Utf8JsonReader reader, string expected)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            Note(ref reader, $"{expected} was expected");
            reader.Skip();
        }

        return false;
    }
}
