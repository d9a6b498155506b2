using System.Globalization;
using CsvHelper.Configuration.Attributes;
using StreamKit;
using StreamKit.Windowing;

namespace HashtagTracker.Sinks;

/// <summary>How often a hashtag was used in a window: a line of the output.</summary>
internal sealed record CountRow
{
    /// <summary>The beginning of the window, UTC.</summary>
    [Index(0), Name("window_start")]
    public required string WindowStart { get; init; }

    /// <summary>The hashtag, in lower case.</summary>
    [Index(1), Name("hashtag")]
    public required string Hashtag { get; init; }

    /// <summary>How often it was used.</summary>
    [Index(2), Name("count")]
    public required long Count { get; init; }

    /// <summary>The rows of each window together: count from the highest, then hashtag.</summary>
    public static DataStream<CountRow> Ranked(DataStream<WindowResult<string, long>> counts) => counts
        .TopK(int.MaxValue, by: w => w.Value)
        .Named("ranking")
        .SelectMany(ranking => ranking.Items)
        .Select(Of);

    private static CountRow Of(WindowResult<string, long> count) => new()
    {
        WindowStart = count.Window.Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Hashtag = count.Key,
        Count = count.Value,
    };
}
