using System.Globalization;

namespace StreamKit.Social.Fediverse;

/// <summary>Where a timeline is streamed, and where its past is fetched.</summary>
internal static class MastodonAddress
{
    internal const int PageSize = 40;

    internal static Uri OfStream(MastodonOptions options)
    {
        Uri server = options.StreamingServer ?? options.Server;
        if (options.Hashtag is { } tag)
        {
            string local = options.Timeline == MastodonTimeline.Local ? "/local" : string.Empty;
            return new Uri(server, $"/api/v1/streaming/hashtag{local}?tag={Uri.EscapeDataString(tag)}");
        }

        return new Uri(server, "/api/v1/streaming/public" + options.Timeline switch
        {
            MastodonTimeline.Local => "/local",
            MastodonTimeline.Remote => "/remote",
            _ => string.Empty,
        });
    }

    /// <summary>The page of posts that follow one, the oldest of them.</summary>
    internal static Uri OfPage(MastodonOptions options, string after)
    {
        string timeline = options.Hashtag is { } tag ? $"tag/{Uri.EscapeDataString(tag)}" : "public";
        string which = options.Timeline switch
        {
            MastodonTimeline.Local => "&local=true",
            MastodonTimeline.Remote => "&remote=true",
            _ => string.Empty,
        };
        return new Uri(options.Server, string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v1/timelines/{timeline}?limit={PageSize}&min_id={Uri.EscapeDataString(after)}{which}"));
    }
}
