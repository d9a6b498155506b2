using HashtagTracker.Simulation;
using StreamKit;

namespace HashtagTracker.Sources;

/// <summary>Invented tweets.</summary>
internal static class SimulatorPosts
{
    public static DataStream<TaggedPost> From(StreamBuilder builder, TrackerOptions options)
    {
        var simulator = new SimulatorOptions
        {
            Seed = options.Seed,
            Count = options.Tweets,

            // A page shows invented tweets as if they were written now; a file is the same each time.
            Start = options.Start
                ?? (options.Dashboard ? TimeProvider.System.GetUtcNow() : new SimulatorOptions().Start),
        };
        return builder.From(new SimulatorSource(simulator, options.Speed), PostSource.Name)
            .Select(tweet => new TaggedPost(tweet.CreatedAt, tweet.Hashtags));
    }
}
