using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using StreamKit.Twitter.Simulator.Rules;
using StreamKit.Twitter.Simulator.Serving;

namespace StreamKit.Twitter.Simulator;

/// <summary>
/// A server on the loopback address that behaves like the filtered stream of X API v2: rules, the chunked stream with
/// keep-alives and back-fill, limits with their headers, and all that goes wrong, on request.
/// </summary>
/// <remarks>
/// <para>
/// It knows a part of the language of rules: words, "phrases", <c>#tags</c>, <c>@names</c>, <c>from:</c>, <c>lang:</c>,
/// <c>OR</c>, <c>-</c> and parentheses; other operators are refused as the service refuses mistakes. Of the fields it
/// sends <c>created_at</c>, <c>lang</c>, <c>author_id</c>, <c>entities</c> and <c>public_metrics</c>, and the author.
/// </para>
/// <para>All members may be called by any thread. What is published and injected reaches each stream in that
/// order.</para>
/// </remarks>
/// <example><code>
/// await using TwitterSimulator x = await TwitterSimulator.StartAsync(new() { PostsPerSecond = 20 });
/// x.AddRule("#dotnet OR #streams");
/// TwitterAccess access = TwitterAccess.FromCallback(_ => new("any")) with { Endpoint = x.Endpoint };
/// </code></example>
public sealed class TwitterSimulator : IAsyncDisposable
{
    private readonly TwitterSimulatorOptions _options;
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly RuleStore _rules;
    private readonly PostLog _log;
    private readonly StreamEndpoint _stream;
    private Task _inventing = Task.CompletedTask;
    private bool _isDisposed;

    private TwitterSimulator(TwitterSimulatorOptions options)
    {
        _options = options;
        _rules = new RuleStore(options.MaxRules);
        _log = new PostLog(options.Clock);
        _stream = new StreamEndpoint(options, _rules, _log, _stopping.Token);
        _app = Build();
    }

    /// <summary>The address below which its API lies; for <c>TwitterAccess.Endpoint</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>How many streams are open.</summary>
    public int OpenStreams => _log.Open;

    /// <summary>The queries of the last 1,000 attempts to open a stream, in their order.</summary>
    public IReadOnlyList<string> StreamRequests => [.. _stream.Requests];

    /// <summary>Starts a simulator.</summary>
    /// <param name="options">How it behaves; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels the starting.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<TwitterSimulator> StartAsync(
        TwitterSimulatorOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new TwitterSimulatorOptions();
        options.Validate();
        var simulator = new TwitterSimulator(options);
        try
        {
            await simulator._app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await simulator._app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        simulator.Endpoint = new Uri(simulator._app.Urls.First().TrimEnd('/') + "/");
        simulator._inventing = Task.Run(() => simulator.InventAsync(simulator._stopping.Token), CancellationToken.None);
        return simulator;
    }

    /// <summary>Adds a rule as a client would.</summary>
    /// <param name="value">The rule.</param>
    /// <param name="tag">Its tag; null: none.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentException">It is refused; the message says why.</exception>
    public long AddRule(string value, string? tag = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        (List<StoredRule> added, List<RuleRefusal> refused) = _rules.Add([(value, tag)], RuleMode.Apply);
        return added.Count == 1
            ? added[0].Id
            : throw new ArgumentException($"{refused[0].Title}: {refused[0].Detail}", nameof(value));
    }

    /// <summary>Sends a post to each open stream if it matches a rule, and keeps it for back-fill.</summary>
    /// <param name="post">The post.</param>
    public void Publish(SimulatedPost post)
    {
        ArgumentNullException.ThrowIfNull(post);
        _log.Publish(post);
    }

    /// <summary>Lets something go wrong in each open stream, behind all that was published before.</summary>
    /// <param name="fault">What.</param>
    public void Inject(StreamFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _log.SendAll(new StreamFrame(fault.Bytes, fault.Ending));
    }

    /// <summary>Lets the next attempt to open a stream fail; several calls, several attempts.</summary>
    /// <param name="fault">How.</param>
    public void FailNext(ConnectFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _stream.Faults.Enqueue(fault);
    }

    /// <summary>Completes as soon as exactly so many streams are open.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    public Task WaitForStreamsAsync(int count, CancellationToken cancellationToken = default) =>
        _log.OpenAsync(count).WaitAsync(cancellationToken);

    /// <summary>Cuts all streams off and ends; harmless when repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _inventing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // A client that reads slowly is judged by what waits for it, not by bytes a second.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, _options.Port, listen =>
                listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication app = builder.Build();
        var rules = new RulesEndpoint(_rules, _options.Clock);
        app.Use(AuthoriseAsync);
        app.MapGet("/2/tweets/search/stream", (RequestDelegate)_stream.HandleAsync);
        app.MapGet("/2/tweets/search/stream/rules", (RequestDelegate)rules.GetAsync);
        app.MapPost("/2/tweets/search/stream/rules", (RequestDelegate)rules.PostAsync);
        return app;
    }

    private Task AuthoriseAsync(HttpContext http, RequestDelegate next)
    {
        string given = http.Request.Headers.Authorization.ToString();
        bool opens = _options.BearerToken is { } token
            ? given == $"Bearer {token}"
            : given.StartsWith("Bearer ", StringComparison.Ordinal);
        return opens
            ? next(http)
            : Answers.WriteAsync(http, 401, ProblemJson.Single("Unauthorized", "Unauthorized", connectionIssue: null));
    }

    private async Task InventAsync(CancellationToken stop)
    {
        if (_options.PostsPerSecond == 0)
        {
            return;
        }

        var posts = new PostGenerator(_options.Seed);
        TimeProvider clock = _options.Clock;
        long began = clock.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), clock);
        for (double sent = 0; await timer.WaitForNextTickAsync(stop).ConfigureAwait(false);)
        {
            for (double due = clock.GetElapsedTime(began).TotalSeconds * _options.PostsPerSecond; sent < due; sent++)
            {
                _log.Publish(posts.Next(clock.GetUtcNow()));
            }
        }
    }
}
