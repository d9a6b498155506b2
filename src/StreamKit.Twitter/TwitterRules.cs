using System.Buffers;
using System.Globalization;
using System.Text.Json;
using StreamKit.Twitter.Live;

namespace StreamKit.Twitter;

/// <summary>The rules of an app's filtered stream: what posts match. They apply to all its connections.</summary>
/// <remarks>
/// Changes need no new connection and take effect within some 20 seconds. A rule cannot be edited: delete it and add
/// another. Limits of requests are told by a <see cref="TwitterApiException"/> with
/// <see cref="TwitterApiException.RateLimitReset"/>; nothing is tried again here. Any thread may use it.
/// </remarks>
/// <example><code>
/// using var rules = new TwitterRules(TwitterAccess.FromEnvironment("X_BEARER_TOKEN"));
/// await rules.AddAsync([new StreamRule("#dotnet lang:en", "dotnet")]);
/// </code></example>
public sealed class TwitterRules : IDisposable
{
    private const string Path = "2/tweets/search/stream/rules";

    private readonly ApiClient _api;

    /// <summary>Makes it; nothing is sent before a method is called.</summary>
    /// <param name="access">Where the API is, and its token.</param>
    /// <exception cref="ArgumentException">The endpoint is no address of http or https.</exception>
    public TwitterRules(TwitterAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        access.Validate();
        _api = new ApiClient(access);
    }

    /// <summary>All rules, page after page.</summary>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="TwitterApiException">The service refuses.</exception>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    public async Task<IReadOnlyList<StreamRule>> ListAsync(CancellationToken cancellationToken = default)
    {
        List<StreamRule> rules = [];
        string? next = null;
        do
        {
            string page = next is null ? Path : $"{Path}?pagination_token={Uri.EscapeDataString(next)}";
            using JsonDocument answer = await SendAsync(HttpMethod.Get, page, json: null, cancellationToken)
                .ConfigureAwait(false);
            rules.AddRange(RulesOf(answer.RootElement));
            next = answer.RootElement.TryGetProperty("meta", out JsonElement meta)
                ? ProblemBody.Text(meta, "next_token")
                : null;
        }
        while (next is not null);
        return rules;
    }

    /// <summary>Adds rules; those that are refused are among the problems, and the others are added.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="TwitterApiException">The service refuses the whole of it.</exception>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    public Task<RuleChange> AddAsync(IEnumerable<StreamRule> rules, CancellationToken cancellationToken = default) =>
        AddAsync(rules, Path, cancellationToken);

    /// <summary>Has the service check rules without adding them.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="TwitterApiException">The service refuses the whole of it.</exception>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    public Task<RuleChange> ValidateAsync(
        IEnumerable<StreamRule> rules,
        CancellationToken cancellationToken = default) => AddAsync(rules, $"{Path}?dry_run=true", cancellationToken);

    /// <summary>Deletes rules.</summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="TwitterApiException">The service refuses the whole of it.</exception>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    public async Task<RuleChange> DeleteAsync(IEnumerable<long> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        byte[] json = Write(writer =>
        {
            writer.WriteStartObject("delete");
            writer.WriteStartArray("ids");
            foreach (long id in ids)
            {
                writer.WriteStringValue(id.ToString(CultureInfo.InvariantCulture));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        using JsonDocument answer = await SendAsync(HttpMethod.Post, Path, json, cancellationToken)
            .ConfigureAwait(false);
        return ChangeOf(answer.RootElement);
    }

    /// <summary>Closes the connections that it opened itself.</summary>
    public void Dispose() => _api.Dispose();

    private async Task<RuleChange> AddAsync(
        IEnumerable<StreamRule> rules,
        string path,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        byte[] json = Write(writer =>
        {
            writer.WriteStartArray("add");
            foreach (StreamRule rule in rules)
            {
                writer.WriteStartObject();
                writer.WriteString("value", rule.Value);
                if (rule.Tag is not null)
                {
                    writer.WriteString("tag", rule.Tag);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        using JsonDocument answer = await SendAsync(HttpMethod.Post, path, json, cancellationToken)
            .ConfigureAwait(false);
        return ChangeOf(answer.RootElement);
    }

    private async Task<JsonDocument> SendAsync(
        HttpMethod method,
        string path,
        byte[]? json,
        CancellationToken cancellationToken)
    {
        using HttpResponseMessage response =
            await _api.SendAsync(method, path, json, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await _api.RefusalAsync(response, cancellationToken).ConfigureAwait(false);
        }

        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw new TwitterApiException("The X API answered a request for rules with something that is no JSON.")
            {
                StatusCode = response.StatusCode,
            };
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private RuleChange ChangeOf(JsonElement answer)
    {
        JsonElement summary = answer.TryGetProperty("meta", out JsonElement meta)
            && meta.TryGetProperty("summary", out JsonElement found) ? found : default;
        return new RuleChange
        {
            Rules = [.. RulesOf(answer)],
            Created = Count(summary, "created"),
            NotCreated = Count(summary, "not_created"),
            Deleted = Count(summary, "deleted"),
            NotDeleted = Count(summary, "not_deleted"),
            Problems = [.. ProblemBody.Read(answer).Select(_api.Redact)],
        };
    }

    private static IEnumerable<StreamRule> RulesOf(JsonElement answer) =>
        answer.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Array
            ? data.EnumerateArray().Select(RuleOf)
            : [];

    private static StreamRule RuleOf(JsonElement rule) =>
        new(ProblemBody.Text(rule, "value") ?? string.Empty, ProblemBody.Text(rule, "tag"))
        {
            Id = long.TryParse(
                ProblemBody.Text(rule, "id"), NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null,
        };

    private static int Count(JsonElement summary, string name) =>
        summary.ValueKind == JsonValueKind.Object && summary.TryGetProperty(name, out JsonElement value)
        && value.TryGetInt32(out int count) ? count : 0;
}
