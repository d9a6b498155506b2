using StreamKit;

namespace HashtagTracker.Sources;

/// <summary>Where the posts come from.</summary>
internal static class PostSource
{
    /// <summary>The name of the source in the pipeline, by which a checkpoint knows it.</summary>
    public const string Name = "tweets";

    /// <summary>Posts from the source that the options choose.</summary>
    public static DataStream<TaggedPost> From(StreamBuilder builder, TrackerOptions options) => options switch
    {
        { Input: { } path } => FilePosts.From(builder, path, options.Speed),
        { Kafka: { } brokers } => KafkaPosts.From(builder, brokers, options.Topic),
        { Twitter: { } endpoint } => TwitterPosts.From(builder, endpoint, options.BearerVariable),
        { Bluesky: { } endpoint } => BlueskyPosts.From(builder, endpoint),
        _ => SimulatorPosts.From(builder, options),
    };
}
