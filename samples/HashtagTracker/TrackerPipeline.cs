using HashtagTracker.Live;
using HashtagTracker.Sinks;
using HashtagTracker.Sources;
using StreamKit;
using StreamKit.Time;
using StreamKit.Windowing;

namespace HashtagTracker;

/// <summary>The pipeline: posts in, hashtags counted per window, counts out to a sink and to the page.</summary>
internal static class TrackerPipeline
{
    /// <summary>The names by which the page finds the readings of the steps.</summary>
    public const string EventTimeName = "event-time", HashtagsName = "hashtags", CountsName = "hashtag-counts";

    // A partition in which nobody writes must not hold all others back for ever.
    private static readonly TimeSpan s_idleAfter = TimeSpan.FromSeconds(10);

    public static StreamPipeline Build(TrackerOptions options, WindowHistory? history)
    {
        StreamBuilder builder = StreamBuilder.Create("hashtags");
        DataStream<TaggedPost> posts = PostSource.From(builder, options);

        // A line is written once, so its window waits for late posts before it speaks; the page and a database are
        // told at once, and again when one comes.
        bool writesLines = CountsSink.WritesLines(options);
        TrackerOptions patient = options with
        {
            OutOfOrderness = options.OutOfOrderness + options.Lateness,
            Lateness = TimeSpan.Zero,
        };
        TrackerOptions usual = writesLines && history is null ? patient : options;
        DataStream<WindowResult<string, long>> counts = Count(posts, usual);
        if (history is not null)
        {
            counts.ForEach(w => history.Record(w.Window.End, w.Key, w.Value), "page");
        }

        bool waitsLonger = writesLines && history is not null && options.Lateness > TimeSpan.Zero;
        CountsSink.Add(waitsLonger ? Count(posts, patient, "patient-") : counts, options);
        return builder.Build();
    }

    private static DataStream<WindowResult<string, long>> Count(
        DataStream<TaggedPost> posts, TrackerOptions options, string prefix = "") => posts
        .WithEventTime(t => t.CreatedAt, WatermarksOf(options))
        .Named(prefix + EventTimeName)
        .SelectMany(t => t.Hashtags)
        .Named(prefix + HashtagsName)
        .KeyBy(tag => tag.ToLowerInvariant())
        .Window(TimeWindows.Hopping(options.Window, options.Every))
        .AllowLateness(options.Lateness)
        .Count()
        .Named(prefix + CountsName);

    private static WatermarkStrategy WatermarksOf(TrackerOptions options)
    {
        WatermarkStrategy strategy = Watermarks.BoundedOutOfOrderness(options.OutOfOrderness);
        return options.Kafka is null ? strategy : strategy.WithIdleness(s_idleAfter);
    }
}
