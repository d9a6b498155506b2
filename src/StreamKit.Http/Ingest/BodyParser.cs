using System.Text.Json;

namespace StreamKit.Http.Ingest;

/// <summary>Finds the records of a body and has each parsed.</summary>
internal sealed class BodyParser<T>(HttpRecordParser<T> parser, JsonReaderOptions json, HttpIngestOptions options)
{
    // Enough to see what it was.
    private const int MaxKeptBytes = 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public ParsedBody<T> Parse(ReadOnlySpan<byte> body, BodyForm form, HttpIngestRequest request)
    {
        var parsed = new ParsedBody<T>();
        int start = body.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        if (form == BodyForm.Lines)
        {
            ParseLines(body, start, request, parsed);
            return parsed;
        }

        start += LeadingSpace(body[start..]);
        if (start < body.Length && body[start] == (byte)'[')
        {
            ParseArray(body, start, request, parsed);
        }
        else
        {
            ParseRecord(body, start, body.Length, request, parsed);
        }

        return parsed;
    }

    private void ParseLines(ReadOnlySpan<byte> body, int start, HttpIngestRequest request, ParsedBody<T> parsed)
    {
        while (start < body.Length)
        {
            int length = body[start..].IndexOf((byte)'\n');
            int end = length < 0 ? body.Length : start + length;
            if (LeadingSpace(body[start..end]) < end - start)
            {
                if (!HasRoom(parsed))
                {
                    return;
                }

                ParseRecord(body, start, end, request, parsed);
            }

            start = end + 1;
        }
    }

    private void ParseArray(ReadOnlySpan<byte> body, int start, HttpIngestRequest request, ParsedBody<T> parsed)
    {
        int next = start;
        var reader = new Utf8JsonReader(body[start..], json);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                next = start + (int)reader.TokenStartIndex;
                if (!HasRoom(parsed))
                {
                    return;
                }

                reader.Skip();
                ParseRecord(body, next, start + (int)reader.BytesConsumed, request, parsed);
                next = start + (int)reader.BytesConsumed;
            }

            // What follows the array is wrong too.
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            parsed.IsBroken = true;
            parsed.Malformed.Add(new MalformedRecord(
                parsed.Count, start + Place(body[start..], exception), Kept(body[next..]), exception));
        }
    }

    private void ParseRecord(
        ReadOnlySpan<byte> body, int start, int end, HttpIngestRequest request, ParsedBody<T> parsed)
    {
        ReadOnlySpan<byte> record = body[start..end];
        try
        {
            T value = parser(record, request) ?? throw new FormatException("JSON null is no record.");
            parsed.Records.Add(new ParsedRecord<T>(value, record.Length));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            long at = start + (exception is JsonException wrong ? Place(record, wrong) : LeadingSpace(record));
            parsed.Malformed.Add(new MalformedRecord(parsed.Count, at, Kept(record), exception));
        }
    }

    private bool HasRoom(ParsedBody<T> parsed)
    {
        parsed.IsTooMany = parsed.Count == options.MostRecords;
        return !parsed.IsTooMany;
    }

    private static byte[] Kept(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, MaxKeptBytes)].ToArray();

    private static int LeadingSpace(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExcept(" \t\r\n"u8) is >= 0 and var length ? length : text.Length;

    // Where an exception says that the text is wrong: a line and a byte in it, counted from 0.
    private static long Place(ReadOnlySpan<byte> text, JsonException exception)
    {
        int start = 0;
        for (long line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += text[start..].IndexOf((byte)'\n') + 1;
        }

        return Math.Min(start + (exception.BytePositionInLine ?? 0), text.Length);
    }
}
