using StreamKit;
using StreamKit.Twitter;

namespace HashtagTracker.Sources;

/// <summary>The filtered stream of X, live.</summary>
internal static class TwitterPosts
{
    public static DataStream<TaggedPost> From(StreamBuilder builder, Uri endpoint, string bearerVariable)
    {
        var live = new FilteredStreamOptions
        {
            Access = TwitterAccess.FromEnvironment(bearerVariable) with { Endpoint = endpoint },

            // An author who has gone takes nothing from the hashtags.
            PartialErrors = PartialErrors.Accept,
        };
        return builder.From(TwitterSource.FilteredStream(live), PostSource.Name)
            .Select(tweet => new TaggedPost(tweet.CreatedAt, tweet.Hashtags));
    }
}
