using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using StreamKit.Twitter.Framing;

namespace StreamKit.Twitter.Live;

/// <summary>Keeps one connection open, or tries to, and puts what comes through it into the queue.</summary>
internal sealed class StreamConnection
{
    private const int TooManyRequests = 429;
    private const int EnhanceYourCalm = 420;

    // The room behind an unfinished line is used while it is worth a read.
    private static readonly StreamPipeReaderOptions s_buffers = new(bufferSize: 1 << 16, minimumReadSize: 1 << 14);

    private readonly FilteredStreamOptions _options;
    private readonly TimeProvider _clock;
    private readonly ApiClient _api;
    private readonly Coverage _coverage;
    private readonly ChannelWriter<StreamItem> _queue;
    private readonly EventTeller _teller;
    private readonly LineIntake _intake;
    private readonly Backoff _backoff;

    // Of the stream that is open, or was last: whether anything came through it, and what a break cut off.
    private bool _isAlive;
    private long _unfinishedBytes;

    internal StreamConnection(
        StreamSurroundings surroundings,
        int number,
        ApiClient api,
        Coverage coverage,
        ChannelWriter<StreamItem> queue)
    {
        _options = surroundings.Options;
        _clock = surroundings.Clock;
        _api = api;
        _coverage = coverage;
        _queue = queue;
        _teller = new EventTeller(surroundings, number);
        _intake = new LineIntake(surroundings, number, api, _teller, queue);
        _backoff = new Backoff(_options.Jitter, new Random(unchecked((int)_clock.GetTimestamp() + number)));
    }

    /// <summary>Reads until it is stopped; a failure that no attempt mends goes into the queue.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await ReadOnceAsync(stop).ConfigureAwait(false);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Whatever breaks because it was stopped is not worth a word.
        }
        catch (Exception exception)
        {
            await GiveUpAsync(_api.Redact(exception), stop).ConfigureAwait(false);
        }
    }

    private async Task ReadOnceAsync(CancellationToken stop)
    {
        using var silence = new Silence(_options.KeepAliveTimeout, _clock, stop);
        (_isAlive, _unfinishedBytes) = (false, 0);
        _intake.Begin();
        int backfill = BackfillMinutes();
        HttpResponseMessage response;
        try
        {
            string path = StreamRequest.PathOf(_options, backfill);
            response = await _api.SendAsync(HttpMethod.Get, path, json: null, silence.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && IsOfTheNetwork(exception))
        {
            string reason = silence.IsTooLong ? "no answer in time" : exception.Message;
            await RetryAsync(Failure.Network, ConnectionEventKind.Unreachable, reason, answer: null, stop)
                .ConfigureAwait(false);
            return;
        }

        using (response)
        {
            if (response.StatusCode == HttpStatusCode.OK)
            {
                await ReadStreamAsync(response, backfill, silence, stop).ConfigureAwait(false);
            }
            else
            {
                await RefusedAsync(response, silence, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task ReadStreamAsync(
        HttpResponseMessage response,
        int backfill,
        Silence silence,
        CancellationToken stop)
    {
        if (_coverage.Outage is { } outage && outage > TimeSpan.FromMinutes(backfill)
            && (!_coverage.IsOpen || outage > _options.KeepAliveTimeout))
        {
            _teller.Missed(outage, backfill);
        }

        string reason = "the stream ended";
        _coverage.Opened();
        try
        {
            _teller.Connected(response.StatusCode, backfill);
            Stream content = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var input = PipeReader.Create(content, s_buffers);
                var lines = new PipeLines(input, _options.MaxLineBytes, LinePosition.Start);
                await using (lines.ConfigureAwait(false))
                {
                    await ReadLinesAsync(lines, silence, stop).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && IsOfTheNetwork(exception))
        {
            reason = silence.IsTooLong
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"nothing came for {_options.KeepAliveTimeout.TotalSeconds} s, not even a keep-alive")
                : $"the stream broke: {exception.Message}";
        }
        finally
        {
            _coverage.Closed();
        }

        await EndedAsync(reason, silence.IsTooLong, stop).ConfigureAwait(false);
    }

    private async ValueTask ReadLinesAsync(PipeLines lines, Silence silence, CancellationToken stop)
    {
        try
        {
            while (await lines.FillAsync(silence.Token).ConfigureAwait(false))
            {
                // Counted from when it came, and not from the next wait on.
                silence.Heard();
                _coverage.Heard();
                while (lines.TryTake(out PipeLine line))
                {
                    if (!_intake.TryTake(in line))
                    {
                        _unfinishedBytes = line.Length;
                        return;
                    }

                    // Not as soon as the service has accepted: it may close again before it sends a thing.
                    _isAlive = true;
                    _backoff.Reset();
                    await _intake.HandOverAsync(silence, stop).ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
            // What was cut off is no record: back-fill brings it again, or it is lost with the rest of the gap.
            _unfinishedBytes = lines.Unfinished.Length;
            throw;
        }
    }

    private async Task EndedAsync(string reason, bool isStalled, CancellationToken stop)
    {
        IReadOnlyList<StreamProblem> farewell = _intake.Farewell;
        ConnectionEventKind kind = farewell.Count > 0 ? ConnectionEventKind.Disconnected
            : isStalled ? ConnectionEventKind.Stalled
            : ConnectionEventKind.Lost;
        reason = farewell.Count > 0 ? $"the service ends the stream: {string.Join("; ", farewell)}" : reason;
        if (_isAlive)
        {
            _teller.Ended(kind, _api.Redact(reason), farewell, _unfinishedBytes);
        }
        else
        {
            // It was accepted and sent nothing: as if there had been no connection, or this would go round and round.
            await RetryAsync(Failure.Network, kind, reason, answer: null, stop).ConfigureAwait(false);
        }
    }

    private async Task RefusedAsync(HttpResponseMessage response, Silence silence, CancellationToken stop)
    {
        TwitterApiException refusal;
        try
        {
            refusal = await _api.RefusalAsync(response, silence.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The rest of the answer does not come. The status alone says what to do.
            refusal = _api.Refusal(response, []);
        }

        switch ((int)response.StatusCode)
        {
            case TooManyRequests:
                await RetryAsync(Failure.RateLimit, ConnectionEventKind.RateLimited, refusal.Message, refusal, stop)
                    .ConfigureAwait(false);
                break;
            case (int)HttpStatusCode.RequestTimeout or EnhanceYourCalm or >= 500:
                await RetryAsync(Failure.Http, ConnectionEventKind.Refused, refusal.Message, refusal, stop)
                    .ConfigureAwait(false);
                break;
            default:
                // Asking again brings the same answer, and in the end a ban.
                throw refusal;
        }
    }

    private async Task RetryAsync(
        Failure failure,
        ConnectionEventKind kind,
        string reason,
        TwitterApiException? answer,
        CancellationToken stop)
    {
        reason = _api.Redact(reason);
        if (_coverage.Downtime > _options.MaxOutage)
        {
            throw new TwitterApiException(
                $"Nothing came for longer than {nameof(FilteredStreamOptions.MaxOutage)} ({_options.MaxOutage}): "
                + reason)
            {
                StatusCode = answer?.StatusCode,
                Problems = answer?.Problems ?? [],
            };
        }

        // The wait begins before it is told, so that whoever is told finds it begun.
        TimeSpan wait = _backoff.Next(failure, answer?.RateLimitReset - _clock.GetUtcNow());
        var waiting = Task.Delay(wait, _clock, stop);
        _teller.Failed(kind, reason, answer?.Problems ?? _intake.Farewell, answer?.StatusCode, _backoff);
        await waiting.ConfigureAwait(false);
    }

    /// <summary>How many minutes of back-fill cover what was missed, with a minute for what was under way.</summary>
    private int BackfillMinutes() => _coverage.Outage is { } outage
        ? (int)Math.Min(_options.BackfillMinutes, Math.Ceiling(outage.TotalMinutes) + 1)
        : _options.BackfillMinutes;

    private async Task GiveUpAsync(Exception exception, CancellationToken stop)
    {
        try
        {
            await _queue.WriteAsync(new StreamItem(_clock.GetUtcNow(), Fault: exception), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
    }

    private static bool IsOfTheNetwork(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException
            or TwitterApiException { MayPass: true };
}
