using System.Globalization;
using StreamKit.Connectors;

namespace HashtagTracker.Simulation;

/// <summary>Delivers tweets when they are due.</summary>
/// <remarks>
/// Falls behind rather than dropping a tweet when the reader is slow, and then catches up without waiting. A position
/// is the start of the simulation and the number of tweets delivered: who goes on from it goes on with the tweets of
/// then, at the pace of now.
/// </remarks>
internal sealed class SimulatorReader(SimulatorOptions options, double speed, TimeProvider time)
    : ISplitReader<SimulatedTweet>
{
    // A timer cannot be set for longer than 49 days; a longer pause is slept in pieces.
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromDays(1);

    private DateTimeOffset _start = options.Start;
    private IEnumerator<SimulatedTweet> _tweets = new TweetSimulator(options).Generate().GetEnumerator();
    private SimulatedTweet? _next;   // Taken from the tweets, and not yet due.
    private long _delivered;
    private long _began;
    private long? _firstArrival;

    public string Split => "simulator";

    public string Position => string.Create(CultureInfo.InvariantCulture, $"{_start.UtcTicks}+{_delivered}");

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        long[] parts = [.. position.Split('+').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        _start = new DateTimeOffset(parts[0], TimeSpan.Zero);
        _tweets.Dispose();
        _tweets = new TweetSimulator(options with { Start = _start }).Generate().GetEnumerator();
        for (_delivered = 0; _delivered < parts[1] && _tweets.MoveNext(); _delivered++)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        (_next, _firstArrival) = (null, null);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<SimulatedTweet> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (!buffer.IsFull && (_next ??= _tweets.MoveNext() ? _tweets.Current : null) is { } tweet)
        {
            for (TimeSpan rest = UntilDue(tweet); rest > TimeSpan.Zero; rest = UntilDue(tweet))
            {
                if (buffer.Count > 0)
                {
                    return true;
                }

                await Task.Delay(rest, time, cancellationToken);
            }

            buffer.Add(tweet);
            _next = null;
            _delivered++;
        }

        return buffer.Count > 0;
    }

    public ValueTask DisposeAsync()
    {
        _tweets.Dispose();
        return ValueTask.CompletedTask;
    }

    private TimeSpan UntilDue(SimulatedTweet tweet)
    {
        if (_firstArrival is null)
        {
            (_firstArrival, _began) = (tweet.ArrivedAt.UtcTicks, time.GetTimestamp());
        }

        // Timers count whole milliseconds; rounding down would spin through the last one.
        double ticks = ((tweet.ArrivedAt.UtcTicks - _firstArrival.Value) / speed) - time.GetElapsedTime(_began).Ticks;
        double milliseconds = Math.Ceiling(ticks / TimeSpan.TicksPerMillisecond);
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, s_longestSleep.TotalMilliseconds));
    }
}
