using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StreamKit.Social.Fediverse;

/// <summary>Reads a post in Mastodon's form.</summary>
internal static partial class MastodonStatus
{
    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It lacks what each post has.</exception>
    internal static SocialPost Read(JsonElement status)
    {
        DateTimeOffset created = DateTimeOffset.TryParse(
            Required(status, "created_at"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time) ? time : throw new FormatException("The created_at of the post is no time.");
        string? account = status.TryGetProperty("account", out JsonElement author) ? Text(author, "acct") : null;
        string? language = Text(status, "language");
        return new SocialPost
        {
            Id = Required(status, "id"),
            Time = created,
            CreatedAt = created,
            Author = account ?? throw new FormatException("The post has no author."),
            Text = PlainText(Text(status, "content") ?? string.Empty),
            Languages = language is null ? [] : [language],
            Hashtags = TagsOf(status),
            IsReply = Text(status, "in_reply_to_id") is not null,
            Address = Uri.TryCreate(Text(status, "url"), UriKind.Absolute, out Uri? address) ? address : null,
        };
    }

    /// <summary>The text of the markup: paragraphs and breaks are line ends, all other tags are nothing.</summary>
    internal static string PlainText(string html)
    {
        string lines = LineEnd().Replace(html, "\n");
        return WebUtility.HtmlDecode(Tag().Replace(lines, string.Empty)).Trim('\n');
    }

    private static string[] TagsOf(JsonElement status) =>
        status.TryGetProperty("tags", out JsonElement tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Select(tag => Text(tag, "name")).OfType<string>()]
            : [];

    private static string Required(JsonElement of, string name) =>
        Text(of, name) ?? throw new FormatException($"The post has no {name}.");

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"<br\s*/?>|</p>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
