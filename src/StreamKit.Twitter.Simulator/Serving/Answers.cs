using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>Writes answers that are no streams.</summary>
internal static class Answers
{
    internal static async Task WriteAsync(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        byte[] body = Encoding.UTF8.GetBytes(json);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    internal static void AddLimits(HttpContext http, int limit, int remaining, DateTimeOffset reset)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers["x-rate-limit-limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["x-rate-limit-remaining"] = remaining.ToString(CultureInfo.InvariantCulture);

        // Whole seconds; the end must not be told too early.
        headers["x-rate-limit-reset"] = ((long)Math.Ceiling(reset.ToUnixTimeMilliseconds() / 1000.0))
            .ToString(CultureInfo.InvariantCulture);
    }
}
