using StreamKit;
using StreamKit.Redis;
using StreamKit.Windowing;

namespace HashtagTracker.Sinks;

/// <summary>Counts in Redis: a sorted set for each window, so that <c>ZREVRANGE</c> is its ranking.</summary>
internal static class RedisCounts
{
    /// <summary>The names of the sets: <c>hashtags:2026-01-01T00:00:00Z</c>.</summary>
    public const string Key = "hashtags:{start}";

    // A new window every two seconds would fill any server; a day is longer than a tracker is down.
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    public static void Add(DataStream<WindowResult<string, long>> counts, string address) => counts.To(
        RedisSink.SortedSet<string, long>(address, Key, options: new() { ExpireAfter = s_kept }), "redis");
}
