using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamKit.Files.Writing;

/// <summary>Writes records as lines that are JSON documents, never indented.</summary>
internal sealed class JsonEncoder<T>(JsonTypeInfo<T> typeInfo) : RecordEncoder<T>
{
    private Utf8JsonWriter? _writer;

    public override void Write(T record, RecordBytes to)
    {
        _writer ??= new Utf8JsonWriter(to, new JsonWriterOptions
        {
            Encoder = typeInfo.Options.Encoder,
            MaxDepth = typeInfo.Options.MaxDepth,
            SkipValidation = true, // The serializer writes well-formed documents.
        });
        _writer.Reset(to);
        JsonSerializer.Serialize(_writer, record, typeInfo);
        _writer.Flush();
        to.Add((byte)'\n');
    }

    public override void Dispose()
    {
        // What a failed record has left in the writer must not reach the file.
        _writer?.Reset(Stream.Null);
        _writer?.Dispose();
        base.Dispose();
    }
}
