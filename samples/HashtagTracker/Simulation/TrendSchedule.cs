namespace HashtagTracker.Simulation;

/// <summary>Keeps the trends that are alive while time moves forward.</summary>
internal sealed class TrendSchedule
{
    // So that the first second already looks like the middle of a day: as many trends as may still be remembered.
    private const int WarmUp = 16;

    private readonly SimulatorOptions _options;
    private readonly Tag[] _tags;
    private readonly int _firstTurn;
    private readonly List<Trend> _active = [];
    private long _next = -WarmUp;

    public TrendSchedule(SimulatorOptions options, Tag[] tags)
    {
        _options = options;
        _tags = tags;
        _firstTurn = new DeterministicRandom(options.Seed, "first trend").NextIndex(tags.Length);
    }

    public IReadOnlyList<Trend> Active => _active;

    /// <summary>Begins the trends that are due and forgets those that have faded.</summary>
    public void MoveTo(long ticks)
    {
        for (; StartOf(_next) <= ticks; _next++)
        {
            _active.Add(Begin(_next));
        }

        _active.RemoveAll(trend => trend.IsForgottenAt(ticks));
    }

    private long StartOf(long index) => _options.Start.UtcTicks + (index * _options.TrendEvery.Ticks);

    private Trend Begin(long index)
    {
        var random = new DeterministicRandom(_options.Seed, "trend", index);
        return new Trend(
            _tags[TagVocabulary.TrendOfTurn(_firstTurn + index + WarmUp)],
            StartOf(index),
            _options.TrendRise.Ticks * random.NextBetween(0.5, 1.5),
            _options.TrendHalfLife.Ticks * random.NextBetween(0.5, 1.5),
            _options.TrendPeakShare * random.NextBetween(0.15, 1));
    }
}
