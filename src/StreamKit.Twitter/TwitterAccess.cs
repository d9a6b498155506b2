namespace StreamKit.Twitter;

/// <summary>Where the X API v2 is, and the token that opens it.</summary>
/// <remarks>
/// The token is asked for anew for each request, so one that is replaced while a job runs is used from the next
/// connection on. No message, exception or log line of this package holds it: whatever a server says is searched for
/// it first.
/// </remarks>
/// <example><code>
/// TwitterAccess access = TwitterAccess.FromEnvironment("X_BEARER_TOKEN");
/// TwitterAccess local = access with { Endpoint = simulator.Endpoint };
/// </code></example>
public sealed record TwitterAccess
{
    private readonly Func<CancellationToken, ValueTask<string>> _token;

    private TwitterAccess(Func<CancellationToken, ValueTask<string>> token) => _token = token;

    /// <summary>The address below which the API lies. Default: <c>https://api.x.com/</c>.</summary>
    public Uri Endpoint { get; init; } = new("https://api.x.com/");

    /// <summary>
    /// The client for all requests; it stays its owner's to dispose. Default: null, a client over a
    /// <see cref="SocketsHttpHandler"/> that looks the address up anew every five minutes and leaves with its user.
    /// </summary>
    /// <remarks>The limit of a client's <see cref="HttpClient.Timeout"/> holds until the answer begins.</remarks>
    public HttpClient? Client { get; init; }

    /// <summary>Reads the bearer token from an environment variable.</summary>
    /// <param name="variable">The name of the variable; it is read when a token is needed, not now.</param>
    public static TwitterAccess FromEnvironment(string variable)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(variable);
        return new TwitterAccess(_ => new ValueTask<string>(
            Environment.GetEnvironmentVariable(variable) is { Length: > 0 } token
                ? token
                : throw new TwitterApiException($"The environment variable '{variable}' holds no bearer token.")));
    }

    /// <summary>Asks a callback for the bearer token, as from a vault.</summary>
    /// <param name="token">Gives the token; called by any thread, once for each request.</param>
    public static TwitterAccess FromCallback(Func<CancellationToken, ValueTask<string>> token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new TwitterAccess(token);
    }

    internal ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => _token(cancellationToken);

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Endpoint);
        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"The endpoint must be an absolute address of http or https: '{Endpoint}'.");
        }
    }
}
