using System.Globalization;
using System.Text.Json;

namespace StreamKit.Social.Bluesky;

/// <summary>One event of Jetstream.</summary>
internal readonly struct JetstreamEvent
{
    internal const string PostCollection = "app.bsky.feed.post";

    private const string TagFeature = "app.bsky.richtext.facet#tag";

    /// <summary>When the server had it, in microseconds since 1970.</summary>
    internal long TimeMicroseconds { get; private init; }

    /// <summary>The post, if it is a new one.</summary>
    internal SocialPost? Post { get; private init; }

    /// <summary>What is the same when it comes again.</summary>
    internal string Key { get; private init; }

    /// <summary>What the server says when it ends the stream.</summary>
    internal string? Error { get; private init; }

    /// <summary>Reads an event.</summary>
    /// <exception cref="FormatException">It lacks what each event of its kind has.</exception>
    internal static JetstreamEvent Read(JsonElement message)
    {
        if (Text(message, "error") is { } error)
        {
            string? more = Text(message, "message");
            return new JetstreamEvent { Key = string.Empty, Error = more is null ? error : $"{error}: {more}" };
        }

        if (!message.TryGetProperty("time_us", out JsonElement time) || !time.TryGetInt64(out long microseconds))
        {
            throw new FormatException("The event has no time_us.");
        }

        string did = Required(message, "did");
        if (Text(message, "kind") != "commit" || !message.TryGetProperty("commit", out JsonElement commit)
            || Text(commit, "operation") != "create" || Text(commit, "collection") != PostCollection)
        {
            return new JetstreamEvent { TimeMicroseconds = microseconds, Key = string.Empty };
        }

        string rkey = Required(commit, "rkey");
        return new JetstreamEvent
        {
            TimeMicroseconds = microseconds,
            Key = $"{did}/{rkey}/{Text(commit, "rev")}",
            Post = commit.TryGetProperty("record", out JsonElement record)
                ? PostOf(did, rkey, microseconds, record)
                : throw new FormatException("The commit has no record."),
        };
    }

    private static SocialPost PostOf(string did, string rkey, long microseconds, JsonElement record) => new()
    {
        Id = $"at://{did}/{PostCollection}/{rkey}",
        Time = DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond),
        CreatedAt = DateTimeOffset.TryParse(
            Text(record, "createdAt"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset created) ? created : null,
        Author = did,
        Text = Text(record, "text") ?? string.Empty,
        Languages = Strings(record, "langs"),
        Hashtags = [.. TagsInText(record), .. Strings(record, "tags")],
        IsReply = record.TryGetProperty("reply", out JsonElement reply) && reply.ValueKind == JsonValueKind.Object,
        Address = new Uri($"https://bsky.app/profile/{did}/post/{rkey}"),
    };

    private static IEnumerable<string> TagsInText(JsonElement record) =>
        from facet in Items(record, "facets")
        from feature in Items(facet, "features")
        where Text(feature, "$type") == TagFeature
        let tag = Text(feature, "tag")
        where tag is not null
        select tag;

    private static string[] Strings(JsonElement of, string name) =>
        [.. Items(of, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement list)
        && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string Required(JsonElement of, string name) =>
        Text(of, name) ?? throw new FormatException($"The event has no {name}.");

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
