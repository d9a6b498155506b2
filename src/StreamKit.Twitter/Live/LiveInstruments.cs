using System.Diagnostics.Metrics;

namespace StreamKit.Twitter.Live;

/// <summary>What filtered streams count; the tag <c>source</c> names the one.</summary>
internal static class LiveInstruments
{
    private static readonly Meter s_meter = new("StreamKit.Twitter");

    private static readonly Counter<long> s_posts =
        s_meter.CreateCounter<long>("streamkit.twitter.posts", "{post}", "Posts delivered.");

    private static readonly Counter<long> s_duplicates = s_meter.CreateCounter<long>(
        "streamkit.twitter.duplicates", "{post}", "Posts that came again and were dropped.");

    private static readonly Counter<long> s_keepAlives =
        s_meter.CreateCounter<long>("streamkit.twitter.keepalives", "{message}", "Keep-alives.");

    private static readonly Counter<long> s_events = s_meter.CreateCounter<long>(
        "streamkit.twitter.connection.events", "{event}", "What happened to connections, by kind.");

    internal static void Post(string source) => s_posts.Add(1, new KeyValuePair<string, object?>("source", source));

    internal static void Duplicate(string source) =>
        s_duplicates.Add(1, new KeyValuePair<string, object?>("source", source));

    internal static void KeepAlive(string source) =>
        s_keepAlives.Add(1, new KeyValuePair<string, object?>("source", source));

    internal static void Event(string source, ConnectionEventKind kind) => s_events.Add(
        1,
        new KeyValuePair<string, object?>("source", source),
        new KeyValuePair<string, object?>("kind", kind.ToString()));
}
