using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace HashtagTracker.Tests.Contract;

/// <summary>The counts by the shortest way: read all, put each tag into each of its windows, sort.</summary>
internal static class NaiveRecount
{
    /// <summary>The whole CSV file that a run without late tweets has to write.</summary>
    public static string Csv(string path, int windowSeconds, int everySeconds)
    {
        var counts = new Dictionary<(long Start, string Tag), long>();
        foreach ((long second, string tag) in Uses(path))
        {
            for (long start = second - (second % everySeconds); start > second - windowSeconds; start -= everySeconds)
            {
                counts[(start, tag)] = counts.GetValueOrDefault((start, tag)) + 1;
            }
        }

        return Csv(counts.Select(pair => (Time(pair.Key.Start), pair.Key.Tag, pair.Value)));
    }

    /// <summary>Rows in the order of the file: window, count from the highest, tag.</summary>
    public static string Csv(IEnumerable<(string Window, string Tag, long Count)> counts) =>
        "window_start,hashtag,count\n" + string.Concat(counts
            .OrderBy(row => row.Window, StringComparer.Ordinal)
            .ThenByDescending(row => row.Count)
            .ThenBy(row => row.Tag, StringComparer.Ordinal)
            .Select(row => $"{row.Window},{row.Tag},{row.Count}\n"));

    private static string Time(long second) => DateTimeOffset.FromUnixTimeSeconds(second)
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<(long Second, string Tag)> Uses(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using JsonDocument message = JsonDocument.Parse(line);

            // Notices of deletions have no time of writing.
            if (!message.RootElement.TryGetProperty("created_at", out JsonElement written))
            {
                continue;
            }

            long second = DateTimeOffset.ParseExact(
                written.GetString()!, "ddd MMM dd HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture).ToUnixTimeSeconds();
            JsonElement hashtags = message.RootElement.GetProperty("entities").GetProperty("hashtags");
            foreach (JsonElement tag in hashtags.EnumerateArray())
            {
                yield return (second, tag.GetProperty("text").GetString()!.ToLowerInvariant());
            }
        }
    }
}
