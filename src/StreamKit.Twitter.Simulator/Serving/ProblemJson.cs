using System.Text;
using System.Text.Json;

namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>Writes problems in the forms of the service.</summary>
internal static class ProblemJson
{
    private const string Types = "https://api.x.com/2/problems/";

    internal static string TooManyConnections { get; } = Write(writer =>
    {
        writer.WriteString("title", "ConnectionException");
        writer.WriteString("detail", "This stream is currently at the maximum allowed connection limit.");
        writer.WriteString("connection_issue", "TooManyConnections");
        writer.WriteString("type", Types + "streaming-connection");
    });

    internal static string RateLimited { get; } = Write(writer =>
    {
        writer.WriteStartArray("errors");
        writer.WriteStartObject();
        writer.WriteNumber("code", 88);
        writer.WriteString("message", "Rate limit exceeded");
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    /// <summary>A problem that is the whole body.</summary>
    internal static string Single(string title, string detail, string? connectionIssue) => Write(writer =>
    {
        writer.WriteString("title", title);
        writer.WriteString("detail", detail);
        if (connectionIssue is not null)
        {
            writer.WriteString("connection_issue", connectionIssue);
        }

        writer.WriteString("type", Types + title);
    });

    /// <summary>A line of a stream with one problem.</summary>
    internal static string InList(string title, string detail, string? disconnectType) => Write(writer =>
    {
        writer.WriteStartArray("errors");
        writer.WriteStartObject();
        writer.WriteString("title", title);
        if (disconnectType is not null)
        {
            writer.WriteString("disconnect_type", disconnectType);
        }

        writer.WriteString("detail", detail);
        writer.WriteString("type", Types + title);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }) + "\r\n";

    internal static string Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
