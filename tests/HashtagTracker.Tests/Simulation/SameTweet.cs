using HashtagTracker.Simulation;

namespace HashtagTracker.Tests.Simulation;

/// <summary>Tweets are the same when all of them is, the hashtags one by one: two simulations share no array.</summary>
internal static class SameTweet
{
    public static IEqualityComparer<SimulatedTweet> Comparer { get; } = EqualityComparer<SimulatedTweet>.Create(
        (a, b) => a is not null && b is not null
            && a with { Hashtags = b.Hashtags } == b && a.Hashtags.SequenceEqual(b.Hashtags),
        tweet => tweet.Id.GetHashCode());
}
