using System.Buffers;
using MessagePack;

namespace StreamKit.Kafka.Formats;

/// <summary>One MessagePack object.</summary>
internal sealed class MessagePackFormat<T>(MessagePackSerializerOptions options) : IKafkaFormat<T>
{
    public bool Serialize(T value, IBufferWriter<byte> output)
    {
        MessagePackSerializer.Serialize(output, value, options);
        return true;
    }

    public T Deserialize(ReadOnlySpan<byte> data)
    {
        // The reader wants memory that may be kept, and the span is librdkafka's.
        byte[] copy = ArrayPool<byte>.Shared.Rent(data.Length);
        try
        {
            data.CopyTo(copy);
            T value = MessagePackSerializer.Deserialize<T>(copy.AsMemory(0, data.Length), options, out int read);
            return read == data.Length
                ? value
                : throw new InvalidDataException($"{data.Length - read} bytes follow the object of {read} bytes.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
