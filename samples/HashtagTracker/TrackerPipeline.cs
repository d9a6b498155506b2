using HashtagTracker.Live;
using StreamKit;
using StreamKit.Windowing;

namespace HashtagTracker;

/// <summary>The pipeline: tweets in, hashtags counted per window, counts out to a file and to the page.</summary>
internal static class TrackerPipeline
{
    /// <summary>The names by which the page finds the readings of the steps.</summary>
    public const string EventTimeName = "event-time", HashtagsName = "hashtags";

    public static StreamPipeline Build(TrackerOptions options, WindowHistory? history)
    {
        StreamBuilder builder = StreamBuilder.Create("hashtags");
        DataStream<WindowResult<string, long>> counts = TrackerSource.Posts(builder, options)
            .WithEventTime(t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(options.OutOfOrderness))
            .Named(EventTimeName)
            .SelectMany(t => t.Hashtags)
            .Named(HashtagsName)
            .KeyBy(tag => tag.ToLowerInvariant())
            .Window(TimeWindows.Hopping(options.Window, options.Every))
            .AllowLateness(options.Lateness)
            .Count()
            .Named("hashtag-counts");

        // Without a page the counts must go somewhere: to the standard output, when no file is named.
        if (options.Output is not null || !options.Dashboard)
        {
            // All hashtags of a window together and in order, for the file; not only the first few.
            counts.TopK(int.MaxValue, by: w => w.Value)
                .To(new CountsFile(options.Output, options.Lateness), "counts-file");
        }

        if (history is not null)
        {
            counts.ForEach(w => history.Record(w.Window.End, w.Key, w.Value), "page");
        }

        return builder.Build();
    }
}
