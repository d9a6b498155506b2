using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StreamKit.Twitter.Simulator.Rules;
using static System.Globalization.CultureInfo;

namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>What a client asked for of each post, and how a post with that looks.</summary>
internal sealed class PostFields
{
    private readonly HashSet<string> _fields;
    private readonly bool _withAuthor;
    private readonly bool _withName;

    internal PostFields(IQueryCollection query)
    {
        _fields = [.. Values(query, "tweet.fields")];
        _withAuthor = Values(query, "expansions").Contains("author_id");
        _withName = Values(query, "user.fields").Contains("username");
    }

    /// <summary>The line of a post, with its end.</summary>
    internal byte[] Write(PostWords words, IReadOnlyList<StoredRule> matched)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            WriteData(writer, words);
            WriteIncludes(writer, words.Post);
            WriteErrors(writer, words.Post);
            WriteRules(writer, matched);
            writer.WriteEndObject();
        }

        stream.Write("\r\n"u8);
        return stream.ToArray();
    }

    private static string[] Values(IQueryCollection query, string name) => query[name].ToString().Split(',');

    private void WriteData(Utf8JsonWriter writer, PostWords words)
    {
        SimulatedPost post = words.Post;
        writer.WriteStartObject("data");
        writer.WriteString("id", post.Id.ToString(InvariantCulture));
        writer.WriteString("text", post.Text);
        writer.WriteStartArray("edit_history_tweet_ids");
        writer.WriteStringValue(post.Id.ToString(InvariantCulture));
        writer.WriteEndArray();
        if (_fields.Contains("author_id") || _withAuthor)
        {
            writer.WriteString("author_id", post.AuthorId.ToString(InvariantCulture));
        }

        if (_fields.Contains("created_at"))
        {
            writer.WriteString("created_at", post.CreatedAt.UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", InvariantCulture));
        }

        if (_fields.Contains("lang"))
        {
            writer.WriteString("lang", post.Language);
        }

        // What is empty is left out, as the service does.
        if (_fields.Contains("entities") && words.Hashtags.Length + words.Mentions.Length > 0)
        {
            writer.WriteStartObject("entities");
            WriteEntities(writer, "hashtags", "tag", words.Hashtags);
            WriteEntities(writer, "mentions", "username", words.Mentions);
            writer.WriteEndObject();
        }

        if (_fields.Contains("public_metrics"))
        {
            writer.WriteStartObject("public_metrics");
            foreach (string name in (string[])["retweet_count", "reply_count", "like_count", "quote_count"])
            {
                writer.WriteNumber(name, 0);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteEntities(Utf8JsonWriter writer, string list, string name, string[] values)
    {
        if (values.Length == 0)
        {
            return;
        }

        writer.WriteStartArray(list);
        foreach (string value in values)
        {
            writer.WriteStartObject();
            writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteIncludes(Utf8JsonWriter writer, SimulatedPost post)
    {
        if (!_withAuthor)
        {
            return;
        }

        writer.WriteStartObject("includes");
        writer.WriteStartArray("users");
        writer.WriteStartObject();
        writer.WriteString("id", post.AuthorId.ToString(InvariantCulture));
        writer.WriteString("name", post.AuthorName);
        if (_withName)
        {
            writer.WriteString("username", post.AuthorName);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter writer, SimulatedPost post)
    {
        if (post.MissingReference is not { } missing)
        {
            return;
        }

        writer.WriteStartArray("errors");
        writer.WriteStartObject();
        writer.WriteString("resource_id", missing.ToString(InvariantCulture));
        writer.WriteString("resource_type", "tweet");
        writer.WriteString("title", "Not Found Error");
        writer.WriteString("detail", $"Could not find tweet with id: [{missing.ToString(InvariantCulture)}].");
        writer.WriteString("type", "https://api.x.com/2/problems/resource-not-found");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter writer, IReadOnlyList<StoredRule> matched)
    {
        writer.WriteStartArray("matching_rules");
        foreach (StoredRule rule in matched)
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Id.ToString(InvariantCulture));
            if (rule.Tag is not null)
            {
                writer.WriteString("tag", rule.Tag);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
