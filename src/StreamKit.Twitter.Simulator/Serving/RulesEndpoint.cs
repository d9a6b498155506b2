using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StreamKit.Twitter.Simulator.Rules;
using static System.Globalization.CultureInfo;

namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>Answers requests for the rules.</summary>
internal sealed class RulesEndpoint(RuleStore rules, TimeProvider clock)
{
    private const int MostPerPage = 1000;
    private const int GetsPerWindow = 450;
    private const int PostsPerWindow = 100;

    private readonly RateWindow _gets = new(GetsPerWindow, clock);
    private readonly RateWindow _posts = new(PostsPerWindow, clock);

    internal async Task GetAsync(HttpContext http)
    {
        if (!await IsAllowedAsync(http, _gets).ConfigureAwait(false))
        {
            return;
        }

        string[] ids = http.Request.Query["ids"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        int most = int.TryParse(http.Request.Query["max_results"], out int asked) && asked is > 0 and < MostPerPage
            ? asked
            : MostPerPage;
        int start = int.TryParse(http.Request.Query["pagination_token"], out int given) ? Math.Max(given, 0) : 0;
        StoredRule[] all = [.. rules.All.Where(rule => ids.Length == 0 || ids.Contains(Text(rule.Id)))];
        StoredRule[] page = [.. all.Skip(start).Take(most)];
        string answer = ProblemJson.Write(writer =>
        {
            WriteRules(writer, page);
            writer.WriteStartObject("meta");
            WriteSent(writer);
            writer.WriteNumber("result_count", page.Length);
            if (start + page.Length < all.Length)
            {
                writer.WriteString("next_token", Text(start + page.Length));
            }

            writer.WriteEndObject();
        });
        await Answers.WriteAsync(http, 200, answer).ConfigureAwait(false);
    }

    internal async Task PostAsync(HttpContext http)
    {
        if (!await IsAllowedAsync(http, _posts).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(
                http.Request.Body, cancellationToken: http.RequestAborted).ConfigureAwait(false);
            if (body.RootElement.TryGetProperty("add", out JsonElement add))
            {
                await AddAsync(http, add).ConfigureAwait(false);
                return;
            }

            if (body.RootElement.TryGetProperty("delete", out JsonElement delete))
            {
                await DeleteAsync(http, delete).ConfigureAwait(false);
                return;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException
            or KeyNotFoundException)
        {
            // Answered below: a body of another form, or none.
        }

        await Answers.WriteAsync(http, 400, ProblemJson.Single(
            "invalid-request", "The body must hold 'add' or 'delete'.", connectionIssue: null)).ConfigureAwait(false);
    }

    private async Task AddAsync(HttpContext http, JsonElement add)
    {
        RuleMode mode = http.Request.Query["dry_run"] == "true" ? RuleMode.DryRun : RuleMode.Apply;
        (string Value, string? Tag)[] wanted =
        [
            .. add.EnumerateArray().Select(rule => (
                rule.GetProperty("value").GetString() ?? string.Empty,
                rule.TryGetProperty("tag", out JsonElement tag) ? tag.GetString() : null)),
        ];
        (List<StoredRule> added, List<RuleRefusal> refused) = rules.Add(wanted, mode);
        int valid = added.Count + refused.Count(refusal => refusal.SameAs is not null);
        string answer = ProblemJson.Write(writer =>
        {
            WriteRules(writer, added);
            WriteMeta(
                writer,
                ("created", added.Count),
                ("not_created", refused.Count),
                ("valid", valid),
                ("invalid", wanted.Length - valid));
            WriteRefusals(writer, refused);
        });
        int status = added.Count > 0 || wanted.Length == 0 ? 201
            : refused.TrueForAll(refusal => refusal.SameAs is not null) ? 200
            : 400;
        await Answers.WriteAsync(http, status, answer).ConfigureAwait(false);
    }

    private async Task DeleteAsync(HttpContext http, JsonElement delete)
    {
        HashSet<string> ids = Strings(delete, "ids");
        HashSet<string> values = Strings(delete, "values");
        int deleted = rules.Delete(rule => ids.Contains(Text(rule.Id)) || values.Contains(rule.Value));
        string answer = ProblemJson.Write(writer => WriteMeta(
            writer, ("deleted", deleted), ("not_deleted", ids.Count + values.Count - deleted)));
        await Answers.WriteAsync(http, 200, answer).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsAllowedAsync(HttpContext http, RateWindow window)
    {
        (bool allowed, int limit, int remaining, DateTimeOffset reset) = window.Take();
        Answers.AddLimits(http, limit, remaining, reset);
        if (!allowed)
        {
            await Answers.WriteAsync(http, 429, ProblemJson.RateLimited).ConfigureAwait(false);
        }

        return allowed;
    }

    private static HashSet<string> Strings(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement list)
            ? [.. list.EnumerateArray().Select(item => item.GetString() ?? string.Empty)]
            : [];

    private static void WriteRules(Utf8JsonWriter writer, IReadOnlyList<StoredRule> written)
    {
        if (written.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("data");
        foreach (StoredRule rule in written)
        {
            writer.WriteStartObject();
            writer.WriteString("id", Text(rule.Id));
            writer.WriteString("value", rule.Value);
            if (rule.Tag is not null)
            {
                writer.WriteString("tag", rule.Tag);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteMeta(Utf8JsonWriter writer, params ReadOnlySpan<(string Name, int Count)> summary)
    {
        writer.WriteStartObject("meta");
        WriteSent(writer);
        writer.WriteStartObject("summary");
        foreach ((string name, int count) in summary)
        {
            writer.WriteNumber(name, count);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteSent(Utf8JsonWriter writer) => writer.WriteString(
        "sent", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", InvariantCulture));

    private static void WriteRefusals(Utf8JsonWriter writer, List<RuleRefusal> refused)
    {
        if (refused.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("errors");
        foreach (RuleRefusal refusal in refused)
        {
            writer.WriteStartObject();
            writer.WriteString("value", refusal.Value);
            if (refusal.Detail is not null)
            {
                writer.WriteStartArray("details");
                writer.WriteStringValue(refusal.Detail);
                writer.WriteEndArray();
            }

            if (refusal.SameAs is { } id)
            {
                writer.WriteString("id", Text(id));
            }

            writer.WriteString("title", refusal.Title);
            writer.WriteString("type", "https://api.x.com/2/problems/" + refusal.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Text(long id) => id.ToString(InvariantCulture);
}
