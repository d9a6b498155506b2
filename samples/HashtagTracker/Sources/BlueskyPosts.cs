using StreamKit;
using StreamKit.Social;

namespace HashtagTracker.Sources;

/// <summary>New posts of Bluesky, live, from a Jetstream.</summary>
internal static class BlueskyPosts
{
    public static DataStream<TaggedPost> From(StreamBuilder builder, Uri endpoint) => builder
        .From(SocialSource.Jetstream(new JetstreamOptions { Endpoint = endpoint }), PostSource.Name)
        .Select(post => new TaggedPost(post.Time, post.Hashtags));
}
