using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StreamKit.Http.Ingest;

namespace StreamKit.Http;

/// <summary>Answers that something is wrong, in the form of RFC 9457.</summary>
internal static class Problem
{
    // Enough to find a mistake by; a body may hold thousands of the same kind.
    private const int MaxListed = 10;

    public static Task WriteAsync(
        HttpContext http, int status, string title, string detail, IReadOnlyList<MalformedRecord>? malformed = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("title", title);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            if (malformed is not null)
            {
                WriteMalformed(writer, malformed);
            }

            writer.WriteEndObject();
        }

        return SendAsync(http, body);
    }

    /// <summary>Answers that some records were accepted and which were not.</summary>
    public static Task WritePartlyAcceptedAsync(
        HttpContext http, int accepted, IReadOnlyList<MalformedRecord> malformed)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.ContentType = "application/json";
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteNumber("accepted", accepted);
            WriteMalformed(writer, malformed);
            writer.WriteEndObject();
        }

        return SendAsync(http, body);
    }

    public static void RetryAfter(HttpContext http, TimeSpan wait) => http.Response.Headers.RetryAfter =
        Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static void WriteMalformed(Utf8JsonWriter writer, IReadOnlyList<MalformedRecord> malformed)
    {
        writer.WriteNumber("malformed", malformed.Count);
        writer.WriteStartArray("errors");
        foreach (MalformedRecord record in malformed.Take(MaxListed))
        {
            writer.WriteStartObject();
            writer.WriteNumber("record", record.Index);
            writer.WriteNumber("byte", record.At);
            writer.WriteString("detail", record.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static async Task SendAsync(HttpContext http, ArrayBufferWriter<byte> body)
    {
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }
}
