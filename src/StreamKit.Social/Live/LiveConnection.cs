using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StreamKit.Connectors;

namespace StreamKit.Social.Live;

/// <summary>Keeps a connection open, or tries to, and puts what comes through it into a queue.</summary>
internal abstract class LiveConnection(
    SourceContext<SocialPost> context,
    TimeSpan silence,
    ChannelWriter<LiveItem> queue)
{
    private readonly Backoff _backoff = new(new Random(unchecked((int)context.Clock.GetTimestamp())));
    private bool _isAlive;

    protected TimeProvider Clock { get; } = context.Clock;

    protected ILogger Logger { get; } = context.Logger;

    protected string Name { get; } = context.Name;

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
            await GiveUpAsync(exception, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Connects and reads until the stream ends, by returning or by an exception of the network.</summary>
    protected abstract Task ReadStreamAsync(Silence silence, CancellationToken stop);

    protected void Connected() => LiveLog.Connected(Logger, Name);

    /// <summary>Something came through.</summary>
    protected void Heard(Silence silence)
    {
        silence.Heard();
        _isAlive = true;
        _backoff.Reset();
    }

    /// <summary>Hands it to the reader; the timer stands still while there is no room.</summary>
    protected async ValueTask PutAsync(LiveItem item, Silence silence, CancellationToken stop)
    {
        if (!queue.TryWrite(item))
        {
            silence.Suspend();
            await queue.WriteAsync(item, stop).ConfigureAwait(false);
            silence.Heard();
        }
    }

    private async Task ReadOnceAsync(CancellationToken stop)
    {
        using var timer = new Silence(silence, Clock, stop);
        _isAlive = false;
        string reason = "the stream ended";
        bool isRefused = false;
        TimeSpan? asked = null;
        try
        {
            await ReadStreamAsync(timer, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && IsOfTheNetwork(exception))
        {
            reason = timer.IsTooLong ? $"nothing came for {silence}" : exception.Message;
            isRefused = exception is ConnectFailure;
            asked = (exception as ConnectFailure)?.RetryAfter;
        }

        // A server that says why it ends the stream may say so again at once.
        if (_isAlive && !isRefused)
        {
            LiveLog.Lost(Logger, Name, reason);
            return;
        }

        // The wait begins before it is told, so that whoever is told finds it begun.
        TimeSpan wait = _backoff.Next(asked);
        var waiting = Task.Delay(wait, Clock, stop);
        LiveLog.Failed(Logger, Name, reason, wait);
        await waiting.ConfigureAwait(false);
    }

    private async Task GiveUpAsync(Exception exception, CancellationToken stop)
    {
        try
        {
            await queue.WriteAsync(new LiveItem(Fault: exception), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
    }

    private static bool IsOfTheNetwork(Exception exception) =>
        exception is ConnectFailure or HttpRequestException or WebSocketException or IOException
            or OperationCanceledException;
}
