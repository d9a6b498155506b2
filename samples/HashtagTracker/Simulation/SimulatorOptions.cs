namespace HashtagTracker.Simulation;

/// <summary>Every rate, probability and length of the simulated stream; equal options give equal tweets.</summary>
internal sealed record SimulatorOptions
{
    /// <summary>Seeds everything that is drawn. Default: 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Event time at which the stream begins. Default: the first of January 2026, UTC.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How many different tweets are written; their duplicates come on top.
    /// <c>null</c> (default): endless.</summary>
    public long? Count { get; init; }

    /// <summary>Tweets written per second on average, outside bursts and quiet periods. Default: 200.</summary>
    public double RatePerSecond { get; init; } = 200;

    /// <summary>How far the rate swings around its average, 0 to below 1. Default: 0.3.</summary>
    public double WaveAmplitude { get; init; } = 0.3;

    /// <summary>Length of one swing: a day and a night, in short. Default: 10 minutes.</summary>
    public TimeSpan WavePeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>One burst happens somewhere in each such stretch of time. Default: 75 seconds.</summary>
    public TimeSpan BurstEvery { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>The shortest burst. Default: 3 seconds.</summary>
    public TimeSpan BurstShortest { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest burst. Default: 8 seconds.</summary>
    public TimeSpan BurstLongest { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>By what the average rate is multiplied in a burst; the surplus carries one tag. 1: none.
    /// Default: 1.8.</summary>
    public double BurstFactor { get; init; } = 1.8;

    /// <summary>One quiet period happens somewhere in each such stretch of time. Default: 2 minutes.</summary>
    public TimeSpan QuietEvery { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The shortest quiet period, in which nothing is written and nothing arrives.
    /// Default: 2 seconds.</summary>
    public TimeSpan QuietShortest { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest quiet period; zero: no quiet periods. Default: 6 seconds.</summary>
    public TimeSpan QuietLongest { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>A new trend begins this often. Default: 40 seconds.</summary>
    public TimeSpan TrendEvery { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>The mean time from a trend's beginning to its peak, drawn from half to one and a half.
    /// Default: 1 minute.</summary>
    public TimeSpan TrendRise { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The mean time in which a trend halves after its peak, drawn as the rise is.
    /// Default: 90 seconds.</summary>
    public TimeSpan TrendHalfLife { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The share of all tags that the strongest trend has at its peak; 0: no trends. Default: 0.14.</summary>
    public double TrendPeakShare { get; init; } = 0.14;

    /// <summary>How many everyday tags there are, 1 to 2025. Default: 1500.</summary>
    public int BackgroundTags { get; init; } = 1500;

    /// <summary>Exponent of the Zipf law of the everyday tags. Default: 0.85.</summary>
    public double ZipfExponent { get; init; } = 0.85;

    /// <summary>The share of tweets without any tag. Default: 0.2.</summary>
    public double UntaggedShare { get; init; } = 0.2;

    /// <summary>The chance that a tagged tweet has one tag more, and again for a third. Default: 0.2.</summary>
    public double FurtherTagShare { get; init; } = 0.2;

    /// <summary>The mean time from writing to arrival, about. Default: 800 milliseconds.</summary>
    public TimeSpan MeanDelay { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The longest time from writing to arrival of a tweet that is not late. Default: 5 seconds.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The share of late tweets. Default: 0.01.</summary>
    public double LateShare { get; init; } = 0.01;

    /// <summary>The shortest delay of a late tweet. Default: 10 seconds.</summary>
    public TimeSpan LateShortest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest delay of a late tweet. Default: 2 minutes.</summary>
    public TimeSpan LateLongest { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The share of tweets that are delivered twice. Default: 0.01.</summary>
    public double DuplicateShare { get; init; } = 0.01;

    /// <summary>The longest time between the two deliveries of one tweet. Default: 20 seconds.</summary>
    public TimeSpan DuplicateLongest { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many people write. Default: 50 000.</summary>
    public int Authors { get; init; } = 50_000;

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/>, naming the option, when one makes no sense.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Count ?? 0, nameof(Count));
        Between(RatePerSecond, double.Epsilon, 1_000_000, nameof(RatePerSecond));
        Between(WaveAmplitude, 0, 0.99, nameof(WaveAmplitude));
        Between(BurstFactor, 1, 100, nameof(BurstFactor));
        Between(TrendPeakShare, 0, 1, nameof(TrendPeakShare));
        Between(BackgroundTags, 1, TagVocabulary.MostBackgroundTags, nameof(BackgroundTags));
        Between(ZipfExponent, 0, 10, nameof(ZipfExponent));
        Between(UntaggedShare, 0, 1, nameof(UntaggedShare));
        Between(FurtherTagShare, 0, 1, nameof(FurtherTagShare));
        Between(LateShare, 0, 1, nameof(LateShare));
        Between(DuplicateShare, 0, 1, nameof(DuplicateShare));
        ArgumentOutOfRangeException.ThrowIfLessThan(Authors, 1, nameof(Authors));
        ValidateTimes();
    }

    private void ValidateTimes()
    {
        Positive(WavePeriod, nameof(WavePeriod));
        Positive(TrendEvery, nameof(TrendEvery));
        Positive(TrendRise, nameof(TrendRise));
        Positive(TrendHalfLife, nameof(TrendHalfLife));
        Positive(MeanDelay, nameof(MeanDelay));
        Positive(DuplicateLongest, nameof(DuplicateLongest));
        Ordered(TimeSpan.Zero, BurstShortest, nameof(BurstShortest));
        Ordered(BurstShortest, BurstLongest, nameof(BurstLongest));
        Ordered(BurstLongest, BurstEvery, nameof(BurstEvery));
        Ordered(TimeSpan.Zero, QuietShortest, nameof(QuietShortest));
        Ordered(QuietShortest, QuietLongest, nameof(QuietLongest));
        Ordered(QuietLongest, QuietEvery, nameof(QuietEvery));
        Positive(BurstEvery, nameof(BurstEvery));
        Positive(QuietEvery, nameof(QuietEvery));
        Ordered(MeanDelay, LongestDelay, nameof(LongestDelay));
        Ordered(TimeSpan.Zero, LateShortest, nameof(LateShortest));
        Ordered(LateShortest, LateLongest, nameof(LateLongest));
    }

    private static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between {least} and {most}.");
        }
    }

    private static void Positive(TimeSpan value, string name) =>
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);

    private static void Ordered(TimeSpan least, TimeSpan value, string name) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
}
