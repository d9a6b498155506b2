using HashtagTracker.Live;
using HashtagTracker.Simulation;
using StreamKit;
using StreamKit.Twitter;
using StreamKit.Windowing;

namespace HashtagTracker;

/// <summary>The pipeline: tweets in, hashtags counted per window, counts out to a file and to the page.</summary>
internal static class TrackerPipeline
{
    /// <summary>The names by which the page finds the readings of the steps.</summary>
    public const string TweetsName = "tweets", EventTimeName = "event-time", CountsName = "hashtag-counts";

    public static StreamPipeline Build(TrackerOptions options, TextWriter? csv, WindowHistory? history)
    {
        StreamBuilder builder = StreamBuilder.Create("hashtags");
        DataStream<WindowResult<string, long>> counts = Tweets(builder, options)
            .Named(TweetsName)
            .WithEventTime(t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(options.OutOfOrderness))
            .Named(EventTimeName)
            .SelectMany(t => t.Hashtags)
            .KeyBy(tag => tag.ToLowerInvariant())
            .Window(TimeWindows.Hopping(options.Window, options.Every))
            .AllowLateness(options.Lateness)
            .Count()
            .Named(CountsName);

        if (csv is not null)
        {
            counts.TopK(int.MaxValue, by: w => w.Value).To(new CountsFile(csv, options.Lateness), "counts-file");
        }

        if (history is not null)
        {
            counts.ForEach(w => history.Record(w.Window.End, w.Key, w.Value), "page");
        }

        return builder.Build();
    }

    private static DataStream<Tweet> Tweets(StreamBuilder builder, TrackerOptions options)
    {
        if (options.Input is { } path)
        {
            ReplaySpeed speed = double.IsInfinity(options.Speed)
                ? ReplaySpeed.AsFastAsPossible
                : ReplaySpeed.Times(options.Speed);
            return builder.From(TwitterSource.Replay(path, speed));
        }

        var simulator = new TweetSimulator(new SimulatorOptions
        {
            Seed = options.Seed,
            Count = options.Tweets,
            Start = options.Dashboard ? TimeProvider.System.GetUtcNow() : new SimulatorOptions().Start,
        });
        DataStream<SimulatedTweet> simulated = double.IsInfinity(options.Speed)
            ? builder.From(simulator.Generate())
            : builder.From(new PacedReplay(simulator.Generate(), TimeProvider.System, options.Speed));
        return simulated.Select(t => new Tweet
        {
            Id = t.Id,
            CreatedAt = t.CreatedAt,
            Text = t.Text,
            Language = t.Language,
            AuthorId = t.AuthorId,
            Hashtags = t.Hashtags,
        });
    }
}
