using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamKit.Files.Reading;

/// <summary>Makes records of lines that are JSON documents.</summary>
internal sealed class JsonDecoder<T>(JsonTypeInfo<T> typeInfo, bool skipEmptyLines) : TextDecoder<T>(skipEmptyLines)
{
    protected override bool TryDecodeText(ReadOnlySpan<byte> line, [MaybeNullWhen(false)] out T record)
    {
        record = JsonSerializer.Deserialize(line, typeInfo);
        return record is not null ? true : throw new InvalidDataException("JSON null is no record");
    }
}
