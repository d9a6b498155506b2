using System.Globalization;
using System.Text;

namespace StreamKit.Twitter.Live;

/// <summary>The address of a filtered stream, with all that is asked for.</summary>
internal static class StreamRequest
{
    internal static string PathOf(FilteredStreamOptions options, int backfillMinutes)
    {
        var path = new StringBuilder("2/tweets/search/stream");
        if (backfillMinutes > 0)
        {
            Append(path, "backfill_minutes", backfillMinutes.ToString(CultureInfo.InvariantCulture));
        }

        Append(path, "tweet.fields", options.TweetFields);
        Append(path, "expansions", options.Expansions);
        Append(path, "user.fields", options.UserFields);
        Append(path, "media.fields", options.MediaFields);
        Append(path, "place.fields", options.PlaceFields);
        Append(path, "poll.fields", options.PollFields);
        return path.ToString();
    }

    private static void Append(StringBuilder path, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            Append(path, name, string.Join(',', values.Select(Uri.EscapeDataString)));
        }
    }

    private static void Append(StringBuilder path, string name, string value) =>
        path.Append(path.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?')
            .Append(name).Append('=').Append(value);
}
