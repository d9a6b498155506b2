using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace StreamKit.Twitter.Live;

/// <summary>Sends requests to the API, and keeps the token out of everything that is said about them.</summary>
internal sealed class ApiClient : IDisposable
{
    private const string Hidden = "***";
    private const string Product = "StreamKit.Twitter";

    // An error says what it has to say in less; what is longer is the page of some proxy.
    private const int MaxProblemBytes = 64 * 1024;

    // A token is replaced now and then. What was sent last may still be in an answer on its way.
    private const int RememberedTokens = 4;

    private readonly TwitterAccess _access;
    private readonly HttpClient _client;
    private readonly Lock _lock = new();
    private readonly List<string> _tokens = [];

    internal ApiClient(TwitterAccess access)
    {
        _access = access;
        _client = access.Client ?? new HttpClient(new SocketsHttpHandler
        {
            // The addresses of the service change; a connection pool that never ends would not notice.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        })
        {
            // A stream has no last byte. Who sends a request sets its limit.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose()
    {
        if (_access.Client is null)
        {
            _client.Dispose();
        }
    }

    /// <summary>Sends a request and returns when the answer begins, whatever its status.</summary>
    /// <exception cref="HttpRequestException">The service could not be reached.</exception>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        byte[]? json,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_access.Endpoint, path));
        string token = await TokenAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(
            Product, typeof(ApiClient).Assembly.GetName().Version?.ToString(3)));
        if (json is not null)
        {
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Makes an exception of an answer that is no success.</summary>
    internal async Task<TwitterApiException> RefusalAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken)
    {
        return Refusal(response, await ReadStartAsync(response, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Makes an exception of an answer and what could be read of its body.</summary>
    internal TwitterApiException Refusal(HttpResponseMessage response, byte[] body)
    {
        StreamProblem[] problems = [.. ProblemBody.Read(body).Select(Redact)];
        string said = problems.Length == 0 ? response.ReasonPhrase ?? "no reason given" : string.Join("; ", problems);
        HttpStatusCode status = response.StatusCode;
        string message = $"The X API answered {(int)status} ({status}): {said}{Hint(status)}";
        return new TwitterApiException(Redact(message))
        {
            StatusCode = status,
            Problems = problems,
            RateLimitReset = ResetOf(response),
        };
    }

    /// <summary>The exception itself, or where it holds a token one that does not.</summary>
    internal Exception Redact(Exception exception)
    {
        string all = exception.ToString();
        return ReferenceEquals(all, Redact(all))
            ? exception
            : new TwitterApiException(Redact($"{exception.GetType().Name}: {exception.Message}"));
    }

    internal string Redact(string text)
    {
        lock (_lock)
        {
            return _tokens.Aggregate(text, (rest, token) => rest.Replace(token, Hidden, StringComparison.Ordinal));
        }
    }

    internal byte[] Redact(byte[] bytes)
    {
        string text = System.Text.Encoding.Latin1.GetString(bytes);
        string redacted = Redact(text);
        return ReferenceEquals(text, redacted) ? bytes : System.Text.Encoding.Latin1.GetBytes(redacted);
    }

    internal StreamProblem Redact(StreamProblem problem) => new()
    {
        Title = Redacted(problem.Title),
        Detail = Redacted(problem.Detail),
        Type = Redacted(problem.Type),
        DisconnectType = Redacted(problem.DisconnectType),
        ConnectionIssue = Redacted(problem.ConnectionIssue),
        ResourceId = Redacted(problem.ResourceId),
        ResourceType = Redacted(problem.ResourceType),
        Value = Redacted(problem.Value),
        Details = [.. problem.Details.Select(Redact)],
        Code = problem.Code,
    };

    private static DateTimeOffset? ResetOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-rate-limit-reset", out IEnumerable<string>? values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string Hint(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => ". Check the bearer token: this stream takes an app-only token (OAuth 2.0).",
        HttpStatusCode.Forbidden => ". The contract of this app does not allow what was asked for.",
        HttpStatusCode.Conflict => ". A filtered stream needs a rule first: add one with TwitterRules.",
        _ => string.Empty,
    };

    private static async Task<byte[]> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using Stream content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            byte[] start = new byte[MaxProblemBytes];
            int length = await content
                .ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return start[..length];
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The status alone says what to do.
            return [];
        }
    }

    private string? Redacted(string? text) => text is null ? null : Redact(text);

    private async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        string token;
        try
        {
            token = (await _access.GetTokenAsync(cancellationToken).AsTask().WaitAsync(cancellationToken)
                .ConfigureAwait(false))?.Trim() ?? string.Empty;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What failed may name the token that was in use, and its inner exceptions too.
            string said = exception is TwitterApiException
                ? exception.Message
                : $"The bearer token could not be read: {exception.GetType().Name}: {exception.Message}";
            throw new TwitterApiException(Redact(said))
            {
                MayPass = exception is IOException or HttpRequestException or TimeoutException,
            };
        }

        // Checked here, because the header's own exception would quote it.
        if (token.Length == 0 || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new TwitterApiException(
                "The bearer token is empty or holds characters that no token has; it is not shown here.");
        }

        lock (_lock)
        {
            if (!_tokens.Contains(token))
            {
                _tokens.Add(token);
                if (_tokens.Count > RememberedTokens)
                {
                    _tokens.RemoveAt(0);
                }
            }
        }

        return token;
    }
}
