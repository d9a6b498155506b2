using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamKit.Http.Output;

/// <summary>Writes records as an array of JSON, without a line end in it.</summary>
internal sealed class RecordSerializer<T>(JsonTypeInfo<T> typeInfo)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _writer;

    /// <summary>Begins an array.</summary>
    public void Begin()
    {
        _buffer.ResetWrittenCount();
        _buffer.Write("["u8);
    }

    /// <summary>Adds a record; its bytes are valid until the next is added.</summary>
    public ReadOnlySpan<byte> Add(T record)
    {
        if (_buffer.WrittenCount > 1)
        {
            _buffer.Write(","u8);
        }

        int start = _buffer.WrittenCount;

        // The options of the type may ask for several lines, and an event is one.
        _writer ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            Encoder = typeInfo.Options.Encoder,
            MaxDepth = typeInfo.Options.MaxDepth,
        });
        _writer.Reset(_buffer);
        JsonSerializer.Serialize(_writer, record, typeInfo);
        _writer.Flush();
        return _buffer.WrittenSpan[start..];
    }

    /// <summary>The array.</summary>
    public byte[] End()
    {
        _buffer.Write("]"u8);
        return _buffer.WrittenSpan.ToArray();
    }
}
