using System.Globalization;
using System.Text;
using StreamKit;
using StreamKit.Windowing;

namespace HashtagTracker.Sinks;

/// <summary>Counts as CSV on the standard output, for the next program.</summary>
internal static class StandardOutputCounts
{
    public static void Add(DataStream<WindowResult<string, long>> counts)
    {
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
        output.WriteLine("window_start,hashtag,count");
        output.Flush();
        CountRow.Ranked(counts).To(StreamKit.Sinks.Text<CountRow>(output, Line), "standard-output");
    }

    // RFC 4180; a hashtag of Twitter's needs no quotes, but a file may hold anything.
    private static string Line(CountRow row)
    {
        string tag = row.Hashtag.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? row.Hashtag
            : $"\"{row.Hashtag.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return string.Create(CultureInfo.InvariantCulture, $"{row.WindowStart},{tag},{row.Count}");
    }
}
