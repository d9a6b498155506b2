namespace HashtagTracker.Simulation;

/// <summary>Writes one tweet after the other, in the order of their creation.</summary>
internal sealed class TweetComposer
{
    private const long SnowflakeEpochMilliseconds = 1_288_834_974_657;
    private const int SnowflakeSequenceBits = 22;

    private readonly SimulatorOptions _options;
    private readonly TagMixture _mixture;
    private readonly EpisodeSchedule _quiet;
    private readonly PhraseBook _phrases = new();
    private DeterministicRandom _random;
    private double _clockTicks;
    private long _millisecond;
    private long _sequence;

    public TweetComposer(SimulatorOptions options)
    {
        _options = options;
        _mixture = new TagMixture(options);
        _quiet = new EpisodeSchedule(
            options.Seed, "quiet", options.QuietEvery, options.QuietShortest, options.QuietLongest);
        _random = new DeterministicRandom(options.Seed, "tweets");
        _mixture.MoveTo(options.Start.UtcTicks);
    }

    /// <summary>Writes the next tweet and draws when it arrives.</summary>
    public SimulatedTweet Next()
    {
        long created = NextCreation();
        (string language, string phrase) = _phrases.Draw(ref _random);
        (string text, string[] hashtags) = DrawTags(phrase);

        // Cubing makes a few authors write most, as they do.
        double author = Math.Pow(_random.NextDouble(), 3) * _options.Authors;
        return new SimulatedTweet(
            NextId(created),
            new DateTimeOffset(created, TimeSpan.Zero),
            new DateTimeOffset(OutsideQuiet(created + DrawDelay()), TimeSpan.Zero),
            text,
            language,
            1_000_003 + ((long)author * 7919),
            hashtags);
    }

    /// <summary>Draws whether the stream delivers the tweet a second time, and when.</summary>
    public SimulatedTweet? Redelivery(SimulatedTweet tweet)
    {
        if (_random.NextDouble() >= _options.DuplicateShare)
        {
            return null;
        }

        long pause = 1 + (long)(_random.NextDouble() * _options.DuplicateLongest.Ticks);
        long arrival = OutsideQuiet(tweet.ArrivedAt.UtcTicks + pause);
        return tweet with { ArrivedAt = new DateTimeOffset(arrival, TimeSpan.Zero) };
    }

    private long NextCreation()
    {
        _clockTicks += _random.NextExponential() * TimeSpan.TicksPerSecond / _mixture.RatePerSecond;
        long ticks = _options.Start.UtcTicks + (long)_clockTicks;
        for (Episode quiet = _quiet.Near(ticks); quiet.Covers(ticks); quiet = _quiet.Near(ticks))
        {
            _clockTicks += quiet.End - ticks;
            ticks = quiet.End;
        }

        _mixture.MoveTo(ticks);
        return ticks - (ticks % TimeSpan.TicksPerMillisecond);
    }

    private long NextId(long created)
    {
        long millisecond = (created - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMillisecond;
        _sequence = millisecond == _millisecond ? _sequence + 1 : 0;
        _millisecond = millisecond;
        return ((millisecond - SnowflakeEpochMilliseconds) << SnowflakeSequenceBits) + _sequence;
    }

    private (string Text, string[] Hashtags) DrawTags(string phrase)
    {
        if (_random.NextDouble() < _options.UntaggedShare)
        {
            return (phrase, []);
        }

        Tag first = _mixture.Draw(ref _random);
        if (_random.NextDouble() >= _options.FurtherTagShare || DrawOther(first, first) is not { } second)
        {
            return (phrase + first.Suffix, first.Alone);
        }

        if (_random.NextDouble() >= _options.FurtherTagShare || DrawOther(first, second) is not { } third)
        {
            return (string.Concat(phrase, first.Suffix, second.Suffix), [first.Name, second.Name]);
        }

        return (
            string.Concat(phrase, first.Suffix, second.Suffix, third.Suffix),
            [first.Name, second.Name, third.Name]);
    }

    private Tag? DrawOther(Tag first, Tag second)
    {
        Tag drawn = _mixture.Draw(ref _random);
        return drawn.Name == first.Name || drawn.Name == second.Name ? null : drawn;
    }

    private long DrawDelay() => (long)(_random.NextDouble() < _options.LateShare
        ? _random.NextBetween(_options.LateShortest.Ticks, _options.LateLongest.Ticks)
        : _random.NextExponentialBelow(_options.MeanDelay.Ticks, _options.LongestDelay.Ticks));

    // The stream is stalled in a quiet period. What was due then comes right after it, in its order and ten times
    // as fast, as when a connection recovers.
    private long OutsideQuiet(long ticks)
    {
        for (Episode quiet = _quiet.Near(ticks); quiet.Covers(ticks); quiet = _quiet.Near(ticks))
        {
            ticks = quiet.End + ((ticks - quiet.Start) / 10);
        }

        return ticks;
    }
}
