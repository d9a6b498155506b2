using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamKit.Kafka.Formats;

/// <summary>JSON by a source-generated context.</summary>
internal sealed class JsonFormat<T>(JsonTypeInfo<T> typeInfo) : IKafkaFormat<T>
{
    // One writer is kept for whoever comes next; two callers at a time have two.
    private Utf8JsonWriter? _idle;

    public bool Serialize(T value, IBufferWriter<byte> output)
    {
        Utf8JsonWriter? idle = Interlocked.Exchange(ref _idle, null);
        Utf8JsonWriter writer = idle ?? new Utf8JsonWriter(output, new JsonWriterOptions
        {
            Encoder = typeInfo.Options.Encoder,
            MaxDepth = typeInfo.Options.MaxDepth,
            SkipValidation = true, // The serializer writes well-formed documents.
        });
        writer.Reset(output);
        JsonSerializer.Serialize(writer, value, typeInfo);
        writer.Flush();

        // Only a writer that has not failed is used again, and it holds on to nobody's output.
        writer.Reset(Stream.Null);
        Volatile.Write(ref _idle, writer);
        return true;
    }

    public T Deserialize(ReadOnlySpan<byte> data) => JsonSerializer.Deserialize(data, typeInfo)
        ?? throw new JsonException("The document is the word 'null'.");
}
