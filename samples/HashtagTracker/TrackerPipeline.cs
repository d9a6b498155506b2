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
    public const string EventTimeName = "event-time", HashtagsName = "hashtags";

    public static StreamPipeline Build(TrackerOptions options, WindowHistory? history)
    {
        StreamBuilder builder = StreamBuilder.Create("hashtags");
        DataStream<WindowResult<string, long>> counts = Tweets(builder, options)
            .Named("tweets")
            .WithEventTime(t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(options.OutOfOrderness))
            .Named(EventTimeName)
            .SelectMany(t => t.Hashtags)
            .Named(HashtagsName)
            .KeyBy(tag => tag.ToLowerInvariant())
            .Window(TimeWindows.Hopping(options.Window, options.Every))
            .AllowLateness(options.Lateness)
            .Count()
            .Named("hashtag-counts");

        // Without a page the counts must go somewhere: to the standard output, when no file is named.
        if (options.Output is not null || !options.Dashboard)
        {
            // All hashtags of a window together and in order, for the file; not only the first few.
            counts.TopK(int.MaxValue, by: w => w.Value)
                .To(new CountsFile(options.Output, options.Lateness), "counts-file");
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

            // A page shows invented tweets as if they were written now; a file is the same each time.
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
