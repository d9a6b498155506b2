using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using StreamKit.Twitter.Simulator.Rules;

namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>One open stream.</summary>
internal sealed class ClientStream(HttpContext http, RuleStore rules, TwitterSimulatorOptions options)
{
    private static readonly byte[] s_keepAlive = [(byte)'\r', (byte)'\n'];

    private readonly PostFields _fields = new(http.Request.Query);
    private readonly Channel<StreamFrame> _frames = Channel.CreateBounded<StreamFrame>(
        new BoundedChannelOptions(options.ClientBuffer) { SingleReader = true });

    /// <summary>What is sent before all that comes: back-fill.</summary>
    internal List<StreamFrame> First { get; } = [];

    /// <summary>The line of a post, if it matches a rule.</summary>
    internal StreamFrame? FrameOf(PostWords words)
    {
        StoredRule[] matched = [.. rules.All.Where(rule => rule.Term.Matches(words))];
        return matched.Length == 0 ? null : new StreamFrame(_fields.Write(words, matched), StreamEnding.None);
    }

    /// <summary>Sends it in its turn. A client that is too far behind is cut off, as the service does.</summary>
    internal void Send(StreamFrame frame)
    {
        if (!_frames.Writer.TryWrite(frame))
        {
            http.Abort();
        }
    }

    /// <summary>Writes until the client leaves, a fault ends it, or the simulator stops.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        HttpResponse response = http.Response;
        response.ContentType = "application/json";
        await response.StartAsync(stop).ConfigureAwait(false);
        await response.Body.FlushAsync(stop).ConfigureAwait(false);
        foreach (StreamFrame frame in First)
        {
            await response.Body.WriteAsync(frame.Bytes, stop).ConfigureAwait(false);
        }

        await response.Body.FlushAsync(stop).ConfigureAwait(false);
        using var timer = new PeriodicTimer(options.KeepAliveInterval, options.Clock);
        Task<bool> tick = timer.WaitForNextTickAsync(stop).AsTask();
        Task<bool> ready = _frames.Reader.WaitToReadAsync(stop).AsTask();
        while (true)
        {
            Task<bool> first = await Task.WhenAny(ready, tick).ConfigureAwait(false);
            await first.ConfigureAwait(false);
            if (first == tick)
            {
                await response.Body.WriteAsync(s_keepAlive, stop).ConfigureAwait(false);
                tick = timer.WaitForNextTickAsync(stop).AsTask();
            }
            else
            {
                while (_frames.Reader.TryRead(out StreamFrame frame))
                {
                    await response.Body.WriteAsync(frame.Bytes, stop).ConfigureAwait(false);
                    if (frame.Ending != StreamEnding.None)
                    {
                        await EndAsync(frame.Ending, stop).ConfigureAwait(false);
                        return;
                    }
                }

                ready = _frames.Reader.WaitToReadAsync(stop).AsTask();
            }

            await response.Body.FlushAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(StreamEnding ending, CancellationToken stop)
    {
        await http.Response.Body.FlushAsync(stop).ConfigureAwait(false);
        if (ending == StreamEnding.Stall)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, options.Clock, stop).ConfigureAwait(false);
        }
        else if (ending == StreamEnding.Reset)
        {
            http.Abort();
        }
    }
}
