using System.Text.Json;

namespace StreamKit.Twitter.Live;

/// <summary>Reads the problems of an answer: a list <c>errors</c>, or one problem as the whole body.</summary>
internal static class ProblemBody
{
    /// <summary>The problems; none where the body is no JSON or names none.</summary>
    internal static IReadOnlyList<StreamProblem> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is how the reader refuses half a surrogate pair.
            return [];
        }
    }

    internal static IReadOnlyList<StreamProblem> Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        List<StreamProblem> problems = [];
        if (Text(body, "title") is not null || Text(body, "detail") is not null)
        {
            problems.Add(ReadOne(body));
        }

        if (body.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array)
        {
            problems.AddRange(errors.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(ReadOne));
        }

        return problems;
    }

    internal static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static StreamProblem ReadOne(JsonElement error) => new()
    {
        Title = Text(error, "title"),
        Detail = Text(error, "detail") ?? Text(error, "message"),
        Type = Text(error, "type"),
        DisconnectType = Text(error, "disconnect_type"),
        ConnectionIssue = Text(error, "connection_issue"),
        ResourceId = Text(error, "resource_id") ?? Text(error, "id"),
        ResourceType = Text(error, "resource_type"),
        Value = Text(error, "value"),
        Details = DetailsOf(error),
        Code = error.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.Number
            && code.TryGetInt64(out long number)
                ? number
                : null,
    };

    private static string[] DetailsOf(JsonElement error) =>
        error.TryGetProperty("details", out JsonElement details) && details.ValueKind == JsonValueKind.Array
            ? [.. details.EnumerateArray().Where(d => d.ValueKind == JsonValueKind.String).Select(d => d.GetString()!)]
            : [];
}
