using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using StreamKit.Twitter.Simulator.Rules;

namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>Answers requests for the stream.</summary>
internal sealed class StreamEndpoint(
    TwitterSimulatorOptions options,
    RuleStore rules,
    PostLog log,
    CancellationToken stopping)
{
    private const int RememberedRequests = 1000;

    private readonly RateWindow _window = new(options.ConnectLimit, options.Clock);

    internal ConcurrentQueue<ConnectFault> Faults { get; } = new();

    internal ConcurrentQueue<string> Requests { get; } = new();

    internal async Task HandleAsync(HttpContext http)
    {
        Requests.Enqueue(http.Request.QueryString.Value ?? string.Empty);
        while (Requests.Count > RememberedRequests)
        {
            Requests.TryDequeue(out _);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            if (Faults.TryDequeue(out ConnectFault? fault))
            {
                await FailAsync(http, fault, either.Token).ConfigureAwait(false);
            }
            else
            {
                await AcceptAsync(http, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or all stops: cut off, since a proper end would say that the stream is over.
            http.Abort();
        }
    }

    private async Task AcceptAsync(HttpContext http, CancellationToken stop)
    {
        (bool allowed, int limit, int remaining, DateTimeOffset reset) = _window.Take();
        Answers.AddLimits(http, limit, remaining, reset);
        if (!allowed)
        {
            await Answers.WriteAsync(http, 429, ProblemJson.RateLimited).ConfigureAwait(false);
        }
        else if (Backfill(http) is not { } backfill)
        {
            await Answers.WriteAsync(http, 400, ProblemJson.Single(
                "invalid-request",
                $"backfill_minutes must lie between 0 and {options.MaxBackfillMinutes}.",
                connectionIssue: null)).ConfigureAwait(false);
        }
        else if (rules.All.Count == 0)
        {
            await Answers.WriteAsync(http, 409, ProblemJson.Single(
                "RuleConfigurationIssue",
                "No rules are defined: add one before you connect.",
                "NoRules")).ConfigureAwait(false);
        }
        else
        {
            await ServeAsync(http, backfill, stop).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(HttpContext http, int backfill, CancellationToken stop)
    {
        var client = new ClientStream(http, rules, options);
        if (!log.TryAdd(client, backfill, options.MaxConnections))
        {
            await Answers.WriteAsync(http, 429, ProblemJson.TooManyConnections).ConfigureAwait(false);
            return;
        }

        try
        {
            await client.RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            log.Remove(client);
        }
    }

    private async Task FailAsync(HttpContext http, ConnectFault fault, CancellationToken stop)
    {
        switch (fault.Answer)
        {
            case ConnectAnswer.Reset:
                http.Abort();
                break;
            case ConnectAnswer.None:
                await Task.Delay(Timeout.InfiniteTimeSpan, options.Clock, stop).ConfigureAwait(false);
                break;
            case ConnectAnswer.AcceptAndEnd:
                await http.Response.StartAsync(stop).ConfigureAwait(false);
                break;
            default:
                if (fault.ResetAfter is { } after)
                {
                    Answers.AddLimits(http, options.ConnectLimit, 0, options.Clock.GetUtcNow() + after);
                }

                await Answers.WriteAsync(http, fault.Status, fault.Body).ConfigureAwait(false);
                break;
        }
    }

    private int? Backfill(HttpContext http)
    {
        string text = http.Request.Query["backfill_minutes"].ToString();
        return text.Length == 0 ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int minutes)
                && minutes <= options.MaxBackfillMinutes ? minutes
            : null;
    }
}
