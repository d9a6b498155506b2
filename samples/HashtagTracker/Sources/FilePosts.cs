using StreamKit;
using StreamKit.Twitter;

namespace HashtagTracker.Sources;

/// <summary>Tweets that were recorded in a file.</summary>
internal static class FilePosts
{
    public static DataStream<TaggedPost> From(StreamBuilder builder, string path, double speed)
    {
        ReplaySpeed pace = double.IsInfinity(speed) ? ReplaySpeed.AsFastAsPossible : ReplaySpeed.Times(speed);
        return builder.From(TwitterSource.Replay(path, pace), PostSource.Name)
            .Select(tweet => new TaggedPost(tweet.CreatedAt, tweet.Hashtags));
    }
}
