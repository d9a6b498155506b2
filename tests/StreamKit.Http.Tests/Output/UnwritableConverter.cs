using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace StreamKit.Http.Tests.Output;

/// <summary>Writes one value and no other.</summary>
internal sealed class UnwritableConverter : JsonConverter<JsonNode>
{
    public static readonly JsonNode Writable = JsonNode.Parse("0")!;

    public override JsonNode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, JsonNode value, JsonSerializerOptions options)
    {
        if (value != Writable)
        {
            throw new NotSupportedException("There is no JSON for it.");
        }

        writer.WriteNumberValue(0);
    }
}
