using System.Globalization;
using HashtagTracker.Tests.Contract;

namespace HashtagTracker.EndToEnd.Tests;

/// <summary>What has to come out, counted by the shortest way: each tag into each of its windows.</summary>
internal static class Recount
{
    /// <summary>All rows, in the form of the file.</summary>
    public static string Csv(IEnumerable<WrittenPost> posts) => NaiveRecount.Csv(Of(posts));

    /// <summary>All rows, in no order.</summary>
    public static IReadOnlyList<(string Window, string Tag, long Count)> Of(IEnumerable<WrittenPost> posts)
    {
        var counts = new Dictionary<(string Window, string Tag), long>();
        foreach (WrittenPost post in posts)
        {
            long at = post.At.ToUnixTimeSeconds();
            long last = at - (at % WrittenPost.EverySeconds);
            for (long start = last; start > at - WrittenPost.WindowSeconds; start -= WrittenPost.EverySeconds)
            {
                foreach (string tag in post.Tags)
                {
                    (string, string) key = (Text(DateTimeOffset.FromUnixTimeSeconds(start)), tag.ToLowerInvariant());
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                }
            }
        }

        return [.. counts.Select(pair => (pair.Key.Window, pair.Key.Tag, pair.Value))];
    }

    /// <summary>The end of the last window that has a row.</summary>
    public static DateTimeOffset LastEnd(IEnumerable<WrittenPost> posts)
    {
        long at = posts.Where(post => post.Tags.Count > 0).Max(post => post.At).ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(
            at - (at % WrittenPost.EverySeconds) + WrittenPost.WindowSeconds);
    }

    /// <summary>An instant as the results have it.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
