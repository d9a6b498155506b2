using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Social.Live;

namespace StreamKit.Social.Fediverse;

/// <summary>A connection to the stream of a Mastodon server; after a break it first fills the gap.</summary>
internal sealed class MastodonConnection(
    MastodonOptions options,
    SourceContext<SocialPost> context,
    HttpClient client,
    ChannelWriter<LiveItem> queue)
    : LiveConnection(context, options.SilenceTimeout, queue)
{
    private const string Product = "StreamKit.Social";

    private string? _lastId;

    protected override async Task ReadStreamAsync(Silence silence, CancellationToken stop)
    {
        using HttpResponseMessage response =
            await GetAsync(MastodonAddress.OfStream(options), silence.Token).ConfigureAwait(false);
        ThrowIfRefused(response);
        Connected();
        Stream content = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);

        // The stream is open before the gap is read, so that nothing comes between the two.
        await FillGapAsync(silence, stop).ConfigureAwait(false);
        var watched = new WatchedStream(content, () => Heard(silence));
        await using (watched.ConfigureAwait(false))
        {
            SseParser<byte[]> events = SseParser.Create(watched, static (_, data) => data.ToArray());
            await foreach (SseItem<byte[]> item in events.EnumerateAsync(silence.Token).ConfigureAwait(false))
            {
                if (item.EventType == "update")
                {
                    await PutAsync(Read(item.Data), silence, stop).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task FillGapAsync(Silence silence, CancellationToken stop)
    {
        try
        {
            for (int page = 0; _lastId is { } last && page < options.MaxGapPages; page++)
            {
                using HttpResponseMessage response =
                    await GetAsync(MastodonAddress.OfPage(options, last), silence.Token).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                byte[] body = await response.Content.ReadAsByteArrayAsync(silence.Token).ConfigureAwait(false);
                silence.Heard();
                using var posts = JsonDocument.Parse(body);

                // The newest comes first.
                foreach (JsonElement post in posts.RootElement.EnumerateArray().Reverse())
                {
                    LiveItem item = Read(post, static element => Encoding.UTF8.GetBytes(element.GetRawText()));
                    await PutAsync(item, silence, stop).ConfigureAwait(false);
                }

                if (posts.RootElement.GetArrayLength() < MastodonAddress.PageSize || _lastId == last)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException
            or InvalidOperationException && !silence.Token.IsCancellationRequested)
        {
            // The stream itself is open; better it without the gap than neither.
            LiveLog.GapRemains(Logger, Name, exception.Message);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(
            Product, typeof(MastodonConnection).Assembly.GetName().Version?.ToString(3)));
        if (options.TokenVariable is { } variable)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(variable));
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
    }

    // The header's own exception would quote what no token looks like.
    private static string TokenOf(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } token
        && !token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? token
            : throw new SocialStreamException(
                $"The environment variable '{variable}' holds no access token; what it holds is not shown here.");

    private void ThrowIfRefused(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        if (status == 200)
        {
            return;
        }

        string message = $"{options.Server.Host} answers {status} ({response.StatusCode}).";
        if (status is 408 or 429 or >= 500)
        {
            throw new ConnectFailure(message, RetryAfterOf(response));
        }

        string hint = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? $" Streaming asks for an access token with the right read:statuses: name the environment variable "
              + $"that holds it in {nameof(MastodonOptions.TokenVariable)}."
            : string.Empty;
        throw new SocialStreamException(message + hint) { StatusCode = response.StatusCode };
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta
        ?? (response.Headers.TryGetValues("X-RateLimit-Reset", out IEnumerable<string>? values)
            && DateTimeOffset.TryParse(
                values.First(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset reset)
                    ? reset - Clock.GetUtcNow()
                    : null);

    private LiveItem Read(byte[] data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return Read(document.RootElement, _ => data);
        }
        catch (JsonException exception)
        {
            return Bad(data, exception);
        }
    }

    private LiveItem Read(JsonElement status, Func<JsonElement, byte[]> bytes)
    {
        try
        {
            SocialPost post = MastodonStatus.Read(status);

            // Ids grow with time; a longer number is a larger one.
            if (_lastId is null || post.Id.Length > _lastId.Length
                || (post.Id.Length == _lastId.Length && string.CompareOrdinal(post.Id, _lastId) > 0))
            {
                _lastId = post.Id;
            }

            return new LiveItem(post, post.Id);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return Bad(bytes(status), exception);
        }
    }

    private LiveItem Bad(byte[] data, Exception cause)
    {
        string position = $"after {_lastId ?? "the start"}";
        var exception = new InvalidDataException(
            $"'{MastodonReader.SplitName}', {position}: {cause.Message}", cause);
        return new LiveItem(Bad: new BadRecord(MastodonReader.SplitName, position, data, exception));
    }
}
