using HashtagTracker.Simulation;
using StreamKit;
using StreamKit.Social;
using StreamKit.Twitter;

namespace HashtagTracker;

/// <summary>Where the posts come from: a live stream, a recording, or the simulator.</summary>
internal static class TrackerSource
{
    private const string Name = "tweets";

    public static DataStream<TaggedPost> Posts(StreamBuilder builder, TrackerOptions options) => options switch
    {
        { Twitter: { } endpoint } => Live(builder, endpoint, options.BearerVariable),
        { Bluesky: { } endpoint } => builder
            .From(SocialSource.Jetstream(new JetstreamOptions { Endpoint = endpoint }), Name)
            .Select(post => new TaggedPost(post.Time, post.Hashtags)),
        { Input: { } path } => Recorded(builder, path, options.Speed),
        _ => Simulated(builder, options),
    };

    private static DataStream<TaggedPost> Live(StreamBuilder builder, Uri endpoint, string bearerVariable)
    {
        var live = new FilteredStreamOptions
        {
            Access = TwitterAccess.FromEnvironment(bearerVariable) with { Endpoint = endpoint },

            // An author who has gone takes nothing from the hashtags.
            PartialErrors = PartialErrors.Accept,
        };
        return builder.From(TwitterSource.FilteredStream(live), Name).Select(Tagged);
    }

    private static DataStream<TaggedPost> Recorded(StreamBuilder builder, string path, double speed)
    {
        ReplaySpeed pace = double.IsInfinity(speed) ? ReplaySpeed.AsFastAsPossible : ReplaySpeed.Times(speed);
        return builder.From(TwitterSource.Replay(path, pace), Name).Select(Tagged);
    }

    private static DataStream<TaggedPost> Simulated(StreamBuilder builder, TrackerOptions options)
    {
        var simulator = new TweetSimulator(new SimulatorOptions
        {
            Seed = options.Seed,
            Count = options.Tweets,

            // A page shows invented tweets as if they were written now; a file is the same each time.
            Start = options.Dashboard ? TimeProvider.System.GetUtcNow() : new SimulatorOptions().Start,
        });
        DataStream<SimulatedTweet> simulated = double.IsInfinity(options.Speed)
            ? builder.From(simulator.Generate(), Name)
            : builder.From(new PacedReplay(simulator.Generate(), TimeProvider.System, options.Speed), Name);
        return simulated.Select(tweet => new TaggedPost(tweet.CreatedAt, tweet.Hashtags));
    }

    private static TaggedPost Tagged(Tweet tweet) => new(tweet.CreatedAt, tweet.Hashtags);
}
