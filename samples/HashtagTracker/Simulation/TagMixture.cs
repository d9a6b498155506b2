namespace HashtagTracker.Simulation;

/// <summary>What is written at a moment: how many tweets, and with which tags.</summary>
internal sealed class TagMixture
{
    // Curves move slowly against this, and computing them for every tweet would cost more than the tweet.
    private static readonly long StepTicks = TimeSpan.FromMilliseconds(250).Ticks;

    private readonly SimulatorOptions _options;
    private readonly Tag[] _background;
    private readonly AliasTable _zipf;
    private readonly Tag[] _trendTags = TagVocabulary.Trends();
    private readonly TrendSchedule _trends;
    private readonly EpisodeSchedule _bursts;
    private readonly List<(double UpTo, Tag Tag)> _risen = [];
    private long _step = long.MinValue;
    private double _total;

    public TagMixture(SimulatorOptions options)
    {
        _options = options;
        _background = TagVocabulary.Background(options.Seed, options.BackgroundTags);
        _zipf = new AliasTable([.. _background.Select((_, rank) => Math.Pow(rank + 1, -options.ZipfExponent))]);
        _trends = new TrendSchedule(options, _trendTags);
        _bursts = new EpisodeSchedule(
            options.Seed, "burst", options.BurstEvery, options.BurstShortest, options.BurstLongest);
    }

    /// <summary>Tweets per second at the moment last moved to.</summary>
    public double RatePerSecond { get; private set; }

    /// <summary>Moves forward; time never goes back.</summary>
    public void MoveTo(long ticks)
    {
        long step = ticks / StepTicks;
        if (step == _step)
        {
            return;
        }

        _step = step;
        _trends.MoveTo(ticks);
        _risen.Clear();
        double upTo = 0;
        foreach (Trend trend in _trends.Active)
        {
            upTo += trend.WeightAt(ticks);
            _risen.Add((upTo, trend.Tag));
        }

        double wave = Math.Sin(2 * Math.PI * (ticks - _options.Start.UtcTicks) / _options.WavePeriod.Ticks);
        RatePerSecond = _options.RatePerSecond * (1 + (_options.WaveAmplitude * wave));

        // The everyday tags weigh 1; trends come on top, so a strong trend takes its share from all others alike.
        _total = 1 + upTo;
        AddBurst(ticks, upTo);
    }

    /// <summary>Draws the tag of a tweet written now.</summary>
    public Tag Draw(ref DeterministicRandom random)
    {
        double at = random.NextDouble() * _total;
        foreach ((double upTo, Tag tag) in _risen)
        {
            if (at < upTo)
            {
                return tag;
            }
        }

        return _background[_zipf.Draw(ref random)];
    }

    private void AddBurst(long ticks, double upTo)
    {
        Episode burst = _bursts.Near(ticks);
        if (!burst.Covers(ticks))
        {
            return;
        }

        int tag = TagVocabulary.TrendOfTurn(burst.Index);
        double weight = _total * (_options.BurstFactor - 1);
        _risen.Add((upTo + weight, _trendTags[tag]));
        _total += weight;
        RatePerSecond *= _options.BurstFactor;
    }
}
