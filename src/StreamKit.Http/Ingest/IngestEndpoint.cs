using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StreamKit.Connectors;

namespace StreamKit.Http.Ingest;

/// <summary>Answers the requests that bring records.</summary>
internal sealed class IngestEndpoint<T>(
    HttpIngest<T> ingest, IngestQueue<T> queue, ByteBudget budget, BodyParser<T> parser, HttpIngestOptions options)
{
    public async Task HandleAsync(HttpContext http)
    {
        // What can be refused is refused before the body is read, so that a client that asks first need not send it.
        if (ingest.Session is not { } session || !queue.IsOpen)
        {
            await AnswerNotReadingAsync(http).ConfigureAwait(false);
        }
        else if (queue.IsFull)
        {
            await AnswerFullAsync(http).ConfigureAwait(false);
        }
        else if (BodyForms.Find(http.Request) is not { } form)
        {
            await AnswerUnsupportedAsync(http).ConfigureAwait(false);
        }
        else if (http.Request.ContentLength > options.MaxRequestBytes)
        {
            await AnswerTooLongAsync(http).ConfigureAwait(false);
        }
        else
        {
            var request = new HttpIngestRequest(http, session.Clock.GetUtcNow());
            await ReadAsync(http, form, request).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(HttpContext http, BodyForm form, HttpIngestRequest request)
    {
        // The limit here is exact and counts what the body says, not how it was cut into chunks.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var body = new RequestBody(budget, options.MaxRequestBytes);
        BodyReading reading;
        try
        {
            reading = await body.ReadAsync(http.Request.BodyReader, http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client went away or sent no proper request: nothing of it was accepted, and the server says so.
            HttpInstruments.Answered(ingest.Session, "aborted");
            throw;
        }

        await (reading switch
        {
            BodyReading.TooLong => AnswerTooLongAsync(http),
            BodyReading.NoRoom => AnswerFullAsync(http),
            _ => TakeAsync(http, body, parser.Parse(body.Span, form, request)),
        }).ConfigureAwait(false);
    }

    private Task TakeAsync(HttpContext http, RequestBody body, ParsedBody<T> parsed)
    {
        // The room goes from the body to the records; the pool may have given twice as much, and more than that.
        body.Dispose();
        if (parsed.IsTooMany)
        {
            return AnswerTooManyAsync(http);
        }

        if (parsed.Malformed.Count > 0)
        {
            HttpInstruments.Malformed(ingest.Session, parsed.Malformed.Count);
            if (parsed.IsBroken || options.Malformed == MalformedRecords.RejectRequest)
            {
                return AnswerMalformedAsync(http, parsed);
            }
        }

        BadRecord[] bad = [.. parsed.Malformed.Select(ToBadRecord)];
        switch (queue.Offer(CollectionsMarshal.AsSpan(parsed.Records), bad))
        {
            case HttpOffer.Full:
                return AnswerFullAsync(http);
            case HttpOffer.NotReading:
                return AnswerNotReadingAsync(http);
            default:
                HttpInstruments.Accepted(ingest.Session, parsed.Records.Count);
                return AnswerAcceptedAsync(http, parsed);
        }
    }

    private static BadRecord ToBadRecord(MalformedRecord malformed)
    {
        string position = string.Create(
            CultureInfo.InvariantCulture, $"record {malformed.Index} of a request, byte {malformed.At}");
        return new BadRecord("http", position, malformed.Bytes, malformed.Exception);
    }

    private Task AnswerAcceptedAsync(HttpContext http, ParsedBody<T> parsed)
    {
        HttpInstruments.Answered(ingest.Session, "accepted");
        if (parsed.Malformed.Count > 0)
        {
            return Problem.WritePartlyAcceptedAsync(http, parsed.Records.Count, parsed.Malformed);
        }

        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private Task AnswerMalformedAsync(HttpContext http, ParsedBody<T> parsed)
    {
        MalformedRecord first = parsed.Malformed[0];
        return AnswerAsync(
            http,
            "malformed",
            StatusCodes.Status400BadRequest,
            "Not a record",
            string.Create(
                CultureInfo.InvariantCulture, $"Record {first.Index}, at byte {first.At} of the body: {first.Detail}"),
            parsed.Malformed);
    }

    private Task AnswerTooLongAsync(HttpContext http) => AnswerAsync(
        http,
        "too_large",
        StatusCodes.Status413PayloadTooLarge,
        "The body is too long",
        string.Create(CultureInfo.InvariantCulture, $"A body may have {options.MaxRequestBytes} bytes."));

    private Task AnswerTooManyAsync(HttpContext http) => AnswerAsync(
        http,
        "too_large",
        StatusCodes.Status413PayloadTooLarge,
        "There are too many records in the body",
        string.Create(CultureInfo.InvariantCulture, $"A body may hold {options.MostRecords} records."));

    private Task AnswerUnsupportedAsync(HttpContext http) => AnswerAsync(
        http,
        "unsupported",
        StatusCodes.Status415UnsupportedMediaType,
        "The type of the body is not supported",
        $"Supported are {BodyForms.Accepted}.");

    private Task AnswerFullAsync(HttpContext http)
    {
        Problem.RetryAfter(http, options.RetryAfter);
        return AnswerAsync(
            http,
            "full",
            StatusCodes.Status429TooManyRequests,
            "Too much waits already",
            "Nothing of the request was accepted: send it again later.");
    }

    private Task AnswerNotReadingAsync(HttpContext http)
    {
        Problem.RetryAfter(http, options.RetryAfter);
        return AnswerAsync(
            http,
            "not_reading",
            StatusCodes.Status503ServiceUnavailable,
            "Nobody reads",
            "No job takes the records at the moment. Nothing of the request was accepted: send it again later.");
    }

    private Task AnswerAsync(
        HttpContext http,
        string outcome,
        int status,
        string title,
        string detail,
        IReadOnlyList<MalformedRecord>? malformed = null)
    {
        HttpInstruments.Answered(ingest.Session, outcome);
        return Problem.WriteAsync(http, status, title, detail, malformed);
    }
}
