using HashtagTracker.Simulation;

namespace HashtagTracker.Tests.Simulation;

public class TweetSimulatorTests
{
    private static readonly SimulatorOptions Many = new() { Count = 200_000, Seed = 7 };
    private static readonly SimulatedTweet[] Deliveries = [.. new TweetSimulator(Many).Generate()];
    private static readonly SimulatedTweet[] Tweets = [.. Deliveries.DistinctBy(tweet => tweet.Id)];

    [Fact]
    public void TheSameSeedGivesTheSameTweets()
    {
        var options = new SimulatorOptions { Count = 5_000, Seed = 42 };
        var simulator = new TweetSimulator(options);

        string[] first = [.. simulator.Generate().Select(Line)];

        Assert.Equal(first, simulator.Generate().Select(Line));
        Assert.Equal(first, new TweetSimulator(options with { }).Generate().Select(Line));
    }

    [Fact]
    public void AnotherSeedGivesOtherTweets()
    {
        static IEnumerable<string> Of(long seed) =>
            new TweetSimulator(new SimulatorOptions { Count = 100, Seed = seed }).Generate().Select(Line);

        Assert.Empty(Of(1).Intersect(Of(2)));
    }

    [Fact]
    public void WithoutACountTheStreamIsEndlessAndBeginsAsTheCountedOneDoes()
    {
        var endless = new TweetSimulator(Many with { Count = null });

        Assert.Equal(Deliveries.Take(100_000).Select(Line), endless.Generate().Take(100_000).Select(Line));
    }

    [Fact]
    public void TheCountIsOfDifferentTweets() => Assert.Equal(200_000, Tweets.Length);

    [Fact]
    public void TweetsAreDeliveredInTheOrderOfArrivalAndNeverBeforeTheyAreWritten()
    {
        DateTimeOffset[] arrivals = [.. Deliveries.Select(tweet => tweet.ArrivedAt)];
        Assert.Equal(arrivals.Order(), arrivals);
        Assert.DoesNotContain(Deliveries, tweet => tweet.ArrivedAt < tweet.CreatedAt);
    }

    [Fact]
    public void TheShareOfDuplicatesIsTheOnePromised()
    {
        var seen = new Dictionary<long, SimulatedTweet>();
        int again = 0;
        foreach (SimulatedTweet tweet in Deliveries)
        {
            if (!seen.TryAdd(tweet.Id, tweet))
            {
                again++;
                Assert.Equal(seen[tweet.Id] with { ArrivedAt = tweet.ArrivedAt }, tweet);
            }
        }

        Assert.InRange(again / 200_000.0, 0.009, 0.011);
    }

    [Fact]
    public void TheShareOfLateTweetsIsTheOnePromisedAndTheOthersComeInTime()
    {
        // A stalled stream adds at most a quiet period and a tenth of one.
        double stalled = Many.QuietLongest.TotalSeconds * 1.1;
        double[] delays = [.. Tweets.Select(tweet => (tweet.ArrivedAt - tweet.CreatedAt).TotalSeconds)];

        double[] late = [.. delays.Where(delay => delay > Many.LongestDelay.TotalSeconds + stalled)];
        Assert.InRange(late.Length / 200_000.0, 0.0085, 0.0105);
        Assert.All(late, delay => Assert.InRange(delay, 10, 120 + stalled));
        Assert.InRange(delays.Count(delay => delay <= 5) / 200_000.0, 0.97, 0.99);
        Assert.InRange(delays.Order().ElementAt(100_000), 0.4, 0.8);
    }

    [Fact]
    public void ManyTweetsAreOutOfOrder()
    {
        int overtaken = Tweets.Zip(Tweets.Skip(1)).Count(pair => pair.Second.CreatedAt < pair.First.CreatedAt);

        Assert.InRange(overtaken / 200_000.0, 0.3, 0.6);
    }

    [Fact]
    public void OnceInEveryStretchNothingIsWrittenOrDeliveredForSomeSeconds()
    {
        var busy = Many with { Start = DateTimeOffset.UnixEpoch.AddYears(56) };
        SimulatedTweet[] deliveries = [.. new TweetSimulator(busy).Generate()];
        DateTimeOffset lastCreation = deliveries.Max(tweet => tweet.CreatedAt);
        double stretches = (lastCreation - busy.Start) / busy.QuietEvery;

        foreach (Func<SimulatedTweet, DateTimeOffset> time in
            (Func<SimulatedTweet, DateTimeOffset>[])[tweet => tweet.CreatedAt, tweet => tweet.ArrivedAt])
        {
            // At 140 tweets a second and more, two seconds without any are no accident.
            DateTimeOffset[] times = [.. deliveries.Select(time).Where(at => at <= lastCreation).Order()];
            TimeSpan[] pauses = [.. times.Zip(times.Skip(1), (at, next) => next - at).Where(p => p.TotalSeconds > 1.5)];

            Assert.InRange(pauses.Length, Math.Floor(stretches), Math.Ceiling(stretches));
            Assert.All(pauses, pause => Assert.InRange(pause.TotalSeconds, 1.5, 6.5));
        }
    }

    [Fact]
    public void TheRateIsAboutTheOneAskedForAndSwingsAndBursts()
    {
        DateTimeOffset start = Many.Start;
        int[] perSecond =
        [
            .. Tweets.CountBy(tweet => (int)(tweet.CreatedAt - start).TotalSeconds).OrderBy(pair => pair.Key)
                .Select(pair => pair.Value).SkipLast(1),
        ];

        Assert.InRange(200_000 / (double)perSecond.Length, 180, 230);
        Assert.InRange(perSecond.Order().ElementAt(perSecond.Length / 10), 100, 165);
        Assert.True(perSecond.Max() > 350, "a burst multiplies the rate by 1.8");
    }

    [Fact]
    public void TrendsRiseAndFall()
    {
        HashSet<string> trends = [.. TagVocabulary.Trends().Select(tag => tag.Name)];
        var perMinute = Tweets
            .SelectMany(tweet => tweet.Hashtags.Select(tag => (tag, minute: (tweet.CreatedAt - Many.Start).Minutes)))
            .Where(use => trends.Contains(use.tag))
            .CountBy(use => use).ToDictionary();

        string[] leaders = [.. Enumerable.Range(0, 15).Select(minute => trends
            .MaxBy(tag => perMinute.GetValueOrDefault((tag, minute)))!)];

        Assert.True(leaders.Distinct().Count() >= 4, "no trend leads for ever: " + string.Join(' ', leaders));
        Assert.All(leaders, tag => Assert.Contains(
            Enumerable.Range(0, 15), minute => perMinute.GetValueOrDefault((tag, minute)) < 200));
    }

    [Fact]
    public void EverydayTagsFollowZipfsLaw()
    {
        var calm = new SimulatorOptions { Count = 200_000, TrendPeakShare = 0, BurstFactor = 1, ZipfExponent = 1 };
        Tag[] ranked = TagVocabulary.Background(calm.Seed, calm.BackgroundTags);
        var uses = new TweetSimulator(calm).Generate().Where(tweet => tweet.Hashtags.Length == 1)
            .CountBy(tweet => tweet.Hashtags[0]).ToDictionary();

        double first = uses[ranked[0].Name];
        Assert.InRange(uses[ranked[1].Name] / first, 0.45, 0.55);
        Assert.InRange(uses[ranked[9].Name] / first, 0.08, 0.12);
        Assert.InRange(uses[ranked[99].Name] / first, 0.006, 0.014);
    }

    [Fact]
    public void TheTagsOfATweetAreDistinctAndStandInItsText() => Assert.All(Tweets.Take(20_000), tweet =>
    {
        Assert.Equal(tweet.Hashtags.Distinct(), tweet.Hashtags);
        Assert.Equal(
            tweet.Hashtags, tweet.Text.Split(' ').Where(word => word.StartsWith('#')).Select(word => word[1..]));
    });

    [Fact]
    public void IdsAreSnowflakesOfTheTimeOfWriting() => Assert.All(Tweets, tweet => Assert.Equal(
        tweet.CreatedAt.ToUnixTimeMilliseconds(), (tweet.Id >> 22) + 1_288_834_974_657));

    [Fact]
    public void TheShareOfUntaggedTweetsIsTheOnePromised() =>
        Assert.InRange(Tweets.Count(tweet => tweet.Hashtags.Length == 0) / 200_000.0, 0.195, 0.205);

    [Fact]
    public void AnOptionThatMakesNoSenseIsNamed()
    {
        static string? Refused(SimulatorOptions options) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => new TweetSimulator(options)).ParamName;

        Assert.Equal("RatePerSecond", Refused(new SimulatorOptions { RatePerSecond = 0 }));
        Assert.Equal("LateShare", Refused(new SimulatorOptions { LateShare = double.NaN }));
        Assert.Equal("QuietEvery", Refused(new SimulatorOptions { QuietEvery = TimeSpan.FromSeconds(5) }));
        Assert.Equal("BackgroundTags", Refused(new SimulatorOptions { BackgroundTags = 1_000_000 }));
    }

    [Fact]
    public void EverydayTagsAndTrendsAreAllDifferent()
    {
        string[] names =
        [
            .. TagVocabulary.Background(3, TagVocabulary.MostBackgroundTags).Concat(TagVocabulary.Trends())
                .Select(tag => tag.Name),
        ];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static string Line(SimulatedTweet tweet) =>
        $"{tweet.Id} {tweet.CreatedAt:O} {tweet.ArrivedAt:O} {tweet.Language} {tweet.AuthorId} {tweet.Text}";
}
