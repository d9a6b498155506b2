using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace StreamKit.Http.Ingest;

/// <summary>Tells from a request's headers how its body holds records.</summary>
internal static class BodyForms
{
    public const string Accepted =
        "application/json, application/x-ndjson, application/jsonl, and for beacons text/plain and "
        + "application/x-www-form-urlencoded, all with JSON in UTF-8 and without Content-Encoding";

    /// <summary>The form; null where nothing of the kind is accepted.</summary>
    public static BodyForm? Find(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is [{ Length: > 0 } encoding, ..]
            && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // A beacon of bytes without a type, and many a small device, say nothing.
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return BodyForm.Json;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || (type.Charset.HasValue && !IsUtf8(type)))
        {
            return null;
        }

        // The types that a page may send to another origin without asking first are what beacons come with.
        return type.MediaType.Value?.ToUpperInvariant() switch
        {
            "APPLICATION/JSON" or "TEXT/PLAIN" or "APPLICATION/X-WWW-FORM-URLENCODED" => BodyForm.Json,
            "APPLICATION/X-NDJSON" or "APPLICATION/NDJSON" or "APPLICATION/JSONL" or "APPLICATION/JSON-LINES"
                or "APPLICATION/X-JSONLINES" => BodyForm.Lines,
            _ when type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase) => BodyForm.Json,
            _ => null,
        };
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        type.Encoding?.CodePage == Encoding.UTF8.CodePage || type.Encoding?.CodePage == Encoding.ASCII.CodePage;
}
