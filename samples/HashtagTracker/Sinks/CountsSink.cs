using StreamKit;
using StreamKit.Windowing;

namespace HashtagTracker.Sinks;

/// <summary>Where the counts go, besides to the page.</summary>
internal static class CountsSink
{
    /// <summary>Whether a count is a line, written once; elsewhere a later count takes the place of an earlier
    /// one.</summary>
    public static bool WritesLines(TrackerOptions options) =>
        options is { Redis: null, PostgresVariable: null } and ({ Output: { } } or { Dashboard: false });

    /// <summary>Adds the sink that the options choose.</summary>
    public static void Add(DataStream<WindowResult<string, long>> counts, TrackerOptions options)
    {
        bool hasCheckpoints = options.Checkpoints is not null;
        switch (options)
        {
            case { Redis: { } address }:
                RedisCounts.Add(counts, address);
                break;
            case { PostgresVariable: { } variable }:
                PostgresCounts.Add(counts, variable, hasCheckpoints);
                break;
            case { Output: { } path }:
                FileCounts.Add(counts, path, hasCheckpoints);
                break;
            case { Dashboard: false }:
                StandardOutputCounts.Add(counts);
                break;
        }
    }
}
